import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BriefingTimers } from '../../src/controller/briefing-timers.ts';
import { type HumanSilenceLimits, HumanSilenceTimer } from '../../src/controller/human-silence-timer.ts';
import { ReplyTimer } from '../../src/controller/reply-timer.ts';
import { SilenceTimer } from '../../src/controller/silence-timer.ts';
import { defaultLimits } from '../../src/options/briefing-limits.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (left > 0) throw new Error(`${left} timers are left`);
});

function humanSilence(given: Partial<HumanSilenceLimits> = {}): { timer: HumanSilenceTimer; calls: string[] } {
  const calls: string[] = [];
  const limits = { firstSpeechMs: 1000, questionMs: 1200, silenceMs: 3000, momentMs: 6000, ...given };
  return {
    timer: new HumanSilenceTimer(limits, {
      onPresenceCheck: (isKnown) => calls.push(isKnown ? 'question' : 'presence'),
      onSilence: (limit) => calls.push(limit),
    }),
    calls,
  };
}

describe('the silence timer of a human agent who has not spoken', () => {
  it('ends after twice the first limit, with one prompt between', () => {
    const { timer, calls } = humanSilence();
    timer.start();
    vi.advanceTimersByTime(1000);
    expect(calls).toEqual(['presence']);
    vi.advanceTimersByTime(999);
    expect(calls).toEqual(['presence']);
    vi.advanceTimersByTime(1);
    expect(calls).toEqual(['presence', 'first-speech']);
    timer.close();
  });

  it('counts from the end of the prompt', () => {
    const { timer, calls } = humanSilence();
    timer.start();
    vi.advanceTimersByTime(1000);
    timer.speaking('agent', true);
    vi.advanceTimersByTime(5000);
    timer.speaking('agent', false);
    vi.advanceTimersByTime(999);
    expect(calls).toEqual(['presence']);
    timer.close();
  });
});

describe('the silence timer of a human agent who was heard', () => {
  it('prompts once, and ends after the rest of the limit', () => {
    const { timer, calls } = humanSilence();
    timer.start();
    timer.humanActivity();
    vi.advanceTimersByTime(1199);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(calls).toEqual(['question']);
    vi.advanceTimersByTime(1799);
    expect(calls).toEqual(['question']);
    vi.advanceTimersByTime(1);
    expect(calls).toEqual(['question', 'silence']);
    timer.close();
  });

  it('does not prompt when there is no time for it', () => {
    const { timer, calls } = humanSilence({ questionMs: 3000 });
    timer.start();
    timer.humanActivity();
    vi.advanceTimersByTime(2999);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(calls).toEqual(['silence']);
    timer.close();
  });

  it('restarts with their every word or key, also after a prompt', () => {
    const { timer, calls } = humanSilence();
    timer.start();
    vi.advanceTimersByTime(1500);
    timer.humanActivity();
    vi.advanceTimersByTime(2900);
    timer.humanActivity();
    vi.advanceTimersByTime(2900);
    expect(calls).toEqual(['presence', 'question', 'question']);
    timer.close();
  });

  it('allows more time when they ask for a moment, also after the agent\'s "of course", until they speak', () => {
    const { timer, calls } = humanSilence();
    timer.start();
    timer.humanActivity(true);
    timer.speaking('agent', true);
    timer.speaking('agent', false);
    vi.advanceTimersByTime(5999);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(calls).toEqual(['question']);
    vi.advanceTimersByTime(1800);
    expect(calls).toEqual(['question', 'silence']);
    timer.humanActivity(true);
    timer.humanActivity();
    vi.advanceTimersByTime(1200);
    expect(calls).toEqual(['question', 'silence', 'question']);
    timer.close();
  });
});

function replyTimer(): { timer: ReplyTimer; late: () => number } {
  let late = 0;
  return { timer: new ReplyTimer(1000, { onLate: () => (late += 1), onPending: () => undefined }), late: () => late };
}

describe('the reply timer', () => {
  it('reports a late reply once, after the timeout', () => {
    const { timer, late } = replyTimer();
    timer.expectReply();
    vi.advanceTimersByTime(5000);
    expect(late()).toBe(1);
  });

  it('reports nothing when the agent spoke or acted in time', () => {
    const { timer, late } = replyTimer();
    timer.expectReply();
    vi.advanceTimersByTime(900);
    timer.replyStarted();
    vi.advanceTimersByTime(5000);
    expect(late()).toBe(0);
  });

  it('counts from the end of what the human agent says', () => {
    const { timer, late } = replyTimer();
    timer.expectReply();
    timer.onHumanSpeaking(true);
    vi.advanceTimersByTime(5000);
    timer.onHumanSpeaking(false);
    vi.advanceTimersByTime(999);
    expect(late()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(late()).toBe(1);
  });

  it('expects no reply to a noise', () => {
    const { timer, late } = replyTimer();
    timer.onHumanSpeaking(true);
    timer.onHumanSpeaking(false);
    vi.advanceTimersByTime(5000);
    expect(late()).toBe(0);
    timer.close();
  });
});

function silence(): { timer: SilenceTimer; silent: () => number } {
  let count = 0;
  return { timer: new SilenceTimer(1000, () => (count += 1)), silent: () => count };
}

describe('the silence timer', () => {
  it('elapses after the timeout in which neither side speaks', () => {
    const { timer, silent } = silence();
    timer.start();
    vi.advanceTimersByTime(999);
    expect(silent()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(silent()).toBe(1);
    timer.close();
  });

  it('pauses while either side speaks, and restarts when both are quiet', () => {
    const { timer, silent } = silence();
    timer.start();
    timer.speaking('agent', true);
    timer.speaking('human', true);
    timer.speaking('agent', false);
    vi.advanceTimersByTime(5000);
    expect(silent()).toBe(0);
    timer.speaking('human', false);
    vi.advanceTimersByTime(999);
    expect(silent()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(silent()).toBe(1);
  });

  it('restarts with every activity of the human agent', () => {
    const { timer, silent } = silence();
    timer.start();
    vi.advanceTimersByTime(900);
    timer.humanActivity();
    vi.advanceTimersByTime(900);
    expect(silent()).toBe(0);
    timer.close();
  });

  it('does not run before start() or after close()', () => {
    const { timer, silent } = silence();
    timer.speaking('human', true);
    timer.speaking('human', false);
    vi.advanceTimersByTime(5000);
    timer.start();
    timer.close();
    timer.humanActivity();
    vi.advanceTimersByTime(5000);
    expect(silent()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

function startTimers(): { running: BriefingTimers; calls: string[] } {
  const calls: string[] = [];
  const limits = { ...defaultLimits, totalMs: 10_000, waitingMs: 20_000, firstSpeechMs: 4_000 };
  const running = new BriefingTimers(limits, () => false, {
    onPresenceCheck: () => calls.push('ask'),
    onSilence: () => calls.push('silent'),
    onReplyLate: () => calls.push('late'),
    onTotalElapsed: () => calls.push('total'),
    onWaitingElapsed: () => calls.push('waited out'),
  });
  running.onAnswered();
  running.awaitHuman();
  return { running, calls };
}

describe('a wait for a human agent', () => {
  it('suspends the limits of the briefing, which continue where they were', () => {
    const { running, calls } = startTimers();
    vi.advanceTimersByTime(3_000);
    running.startWaiting();
    vi.advanceTimersByTime(15_000);
    expect(calls).toEqual([]);
    running.endWaiting();
    vi.advanceTimersByTime(4_000);
    expect(calls).toEqual(['ask']);
    vi.advanceTimersByTime(2_999);
    expect(calls).toEqual(['ask']);
    vi.advanceTimersByTime(1);
    expect(calls).toEqual(['ask', 'total']);
    running.stop();
  });

  it('has a limit of its own, which all waits share', () => {
    const { running, calls } = startTimers();
    running.startWaiting();
    vi.advanceTimersByTime(12_000);
    running.endWaiting();
    vi.advanceTimersByTime(1_000);
    running.startWaiting();
    vi.advanceTimersByTime(7_999);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(calls).toEqual(['waited out']);
    running.stop();
  });
});

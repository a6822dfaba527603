import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BriefingClocks } from '../../src/controller/briefing-timers.ts';
import { Patience, type PatienceLimits } from '../../src/controller/human-silence-timer.ts';
import { ReplyWatch } from '../../src/controller/reply-timer.ts';
import { SilenceClock } from '../../src/controller/silence-timer.ts';
import { defaultLimits } from '../../src/options/briefing-limits.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (left > 0) throw new Error(`${left} timers are left`);
});

function patience(given: Partial<PatienceLimits> = {}): { patience: Patience; news: string[] } {
  const news: string[] = [];
  const limits = { firstSpeechMs: 1000, questionMs: 1200, silenceMs: 3000, momentMs: 6000, ...given };
  return {
    patience: new Patience(limits, {
      ask: (isKnown) => news.push(isKnown ? 'question' : 'nudge'),
      over: (limit) => news.push(limit),
    }),
    news,
  };
}

describe('the patience with somebody who has not spoken', () => {
  it('ends after the first limit, twice, with one nudge between', () => {
    const { patience: waiting, news } = patience();
    waiting.start();
    vi.advanceTimersByTime(1000);
    expect(news).toEqual(['nudge']);
    vi.advanceTimersByTime(999);
    expect(news).toEqual(['nudge']);
    vi.advanceTimersByTime(1);
    expect(news).toEqual(['nudge', 'first-speech']);
    waiting.close();
  });

  it('counts from the end of the nudge', () => {
    const { patience: waiting, news } = patience();
    waiting.start();
    vi.advanceTimersByTime(1000);
    waiting.speaking('agent', true);
    vi.advanceTimersByTime(5000);
    waiting.speaking('agent', false);
    vi.advanceTimersByTime(999);
    expect(news).toEqual(['nudge']);
    waiting.close();
  });
});

describe('the patience with somebody who was heard', () => {
  it('asks once, and ends after the rest of the limit', () => {
    const { patience: waiting, news } = patience();
    waiting.start();
    waiting.sign();
    vi.advanceTimersByTime(1199);
    expect(news).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(news).toEqual(['question']);
    vi.advanceTimersByTime(1799);
    expect(news).toEqual(['question']);
    vi.advanceTimersByTime(1);
    expect(news).toEqual(['question', 'silence']);
    waiting.close();
  });

  it('asks nothing where there is no time for it', () => {
    const { patience: waiting, news } = patience({ questionMs: 3000 });
    waiting.start();
    waiting.sign();
    vi.advanceTimersByTime(2999);
    expect(news).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(news).toEqual(['silence']);
    waiting.close();
  });

  it('begins anew with every sign of them, also after a question', () => {
    const { patience: waiting, news } = patience();
    waiting.start();
    vi.advanceTimersByTime(1500);
    waiting.sign();
    vi.advanceTimersByTime(2900);
    waiting.sign();
    vi.advanceTimersByTime(2900);
    expect(news).toEqual(['nudge', 'question', 'question']);
    waiting.close();
  });

  it('gives them more time when they ask for a moment, also after our "of course", until they speak', () => {
    const { patience: waiting, news } = patience();
    waiting.start();
    waiting.sign(true);
    waiting.speaking('agent', true);
    waiting.speaking('agent', false);
    vi.advanceTimersByTime(5999);
    expect(news).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(news).toEqual(['question']);
    vi.advanceTimersByTime(1800);
    expect(news).toEqual(['question', 'silence']);
    waiting.sign(true);
    waiting.sign();
    vi.advanceTimersByTime(1200);
    expect(news).toEqual(['question', 'silence', 'question']);
    waiting.close();
  });
});

function watch(): { watch: ReplyWatch; late: () => number } {
  let late = 0;
  return { watch: new ReplyWatch(1000, { late: () => (late += 1), owed: () => undefined }), late: () => late };
}

describe('an agent that was asked', () => {
  it('is late once after the limit', () => {
    const { watch: replies, late } = watch();
    replies.owe();
    vi.advanceTimersByTime(5000);
    expect(late()).toBe(1);
  });

  it('is not late when it spoke or acted in time', () => {
    const { watch: replies, late } = watch();
    replies.owe();
    vi.advanceTimersByTime(900);
    replies.paid();
    vi.advanceTimersByTime(5000);
    expect(late()).toBe(0);
  });

  it('has the time from the end of what the person says', () => {
    const { watch: replies, late } = watch();
    replies.owe();
    replies.humanSpeaking(true);
    vi.advanceTimersByTime(5000);
    replies.humanSpeaking(false);
    vi.advanceTimersByTime(999);
    expect(late()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(late()).toBe(1);
  });

  it('owes nothing for a noise', () => {
    const { watch: replies, late } = watch();
    replies.humanSpeaking(true);
    replies.humanSpeaking(false);
    vi.advanceTimersByTime(5000);
    expect(late()).toBe(0);
    replies.close();
  });
});

function clock(): { clock: SilenceClock; silent: () => number } {
  let count = 0;
  return { clock: new SilenceClock(1000, () => (count += 1)), silent: () => count };
}

describe('the silence clock', () => {
  it('strikes after the limit in which neither speaks', () => {
    const { clock: silence, silent } = clock();
    silence.start();
    vi.advanceTimersByTime(999);
    expect(silent()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(silent()).toBe(1);
    silence.close();
  });

  it('stands still while either speaks, and begins anew when both are quiet', () => {
    const { clock: silence, silent } = clock();
    silence.start();
    silence.speaking('agent', true);
    silence.speaking('human', true);
    silence.speaking('agent', false);
    vi.advanceTimersByTime(5000);
    expect(silent()).toBe(0);
    silence.speaking('human', false);
    vi.advanceTimersByTime(999);
    expect(silent()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(silent()).toBe(1);
  });

  it('begins anew with every sign of the human', () => {
    const { clock: silence, silent } = clock();
    silence.start();
    vi.advanceTimersByTime(900);
    silence.sign();
    vi.advanceTimersByTime(900);
    expect(silent()).toBe(0);
    silence.close();
  });

  it('does not run before its start nor after its close', () => {
    const { clock: silence, silent } = clock();
    silence.speaking('human', true);
    silence.speaking('human', false);
    vi.advanceTimersByTime(5000);
    silence.start();
    silence.close();
    silence.sign();
    vi.advanceTimersByTime(5000);
    expect(silent()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

function clocks(): { running: BriefingClocks; news: string[] } {
  const news: string[] = [];
  const limits = { ...defaultLimits, totalMs: 10_000, waitingMs: 20_000, firstSpeechMs: 4_000 };
  const running = new BriefingClocks(limits, () => false, {
    ask: () => news.push('ask'),
    silent: () => news.push('silent'),
    late: () => news.push('late'),
    total: () => news.push('total'),
    waitedOut: () => news.push('waited out'),
  });
  running.answered();
  running.waitForHuman();
  return { running, news };
}

describe('a wait for a human agent', () => {
  it('suspends the limits of the briefing, which go on where they were', () => {
    const { running, news } = clocks();
    vi.advanceTimersByTime(3_000);
    running.hold();
    vi.advanceTimersByTime(15_000);
    expect(news).toEqual([]);
    running.resume();
    vi.advanceTimersByTime(4_000);
    expect(news).toEqual(['ask']);
    vi.advanceTimersByTime(2_999);
    expect(news).toEqual(['ask']);
    vi.advanceTimersByTime(1);
    expect(news).toEqual(['ask', 'total']);
    running.stop();
  });

  it('has a limit of its own, which all waits share', () => {
    const { running, news } = clocks();
    running.hold();
    vi.advanceTimersByTime(12_000);
    running.resume();
    vi.advanceTimersByTime(1_000);
    running.hold();
    vi.advanceTimersByTime(7_999);
    expect(news).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(news).toEqual(['waited out']);
    running.stop();
  });
});

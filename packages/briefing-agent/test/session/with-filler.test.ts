import { ReadableStream } from 'node:stream/web';
import { isFlushSentinel } from '@livekit/agents';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BriefingTimers } from '../../src/controller/briefing-timers.ts';
import { defaultLimits } from '../../src/options/briefing-limits.ts';
import { withFiller } from '../../src/session/with-filler.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (left > 0) throw new Error(`${left} timers are left`);
});

/** An answer of two chunks, the first after a delay. */
function answer(afterMs: number): ReadableStream<string> {
  return new ReadableStream({
    start: (pieces) => {
      setTimeout(() => {
        pieces.enqueue('An invoice.');
        pieces.enqueue(' Of March.');
        pieces.close();
      }, afterMs);
    },
  });
}

async function piecesOf(afterMs: number, isWanted: boolean): Promise<string[]> {
  const pieces: string[] = [];
  const filler = { text: 'One moment. ', afterMs: 2500, isWanted: () => isWanted };
  const reading = (async () => {
    for await (const piece of withFiller(answer(afterMs), filler)) pieces.push(isFlushSentinel(piece) ? '|' : piece);
  })();
  await vi.advanceTimersByTimeAsync(10_000);
  await reading;
  return pieces;
}

describe('an answer of the model', () => {
  it('has no filler when it begins in time', async () => {
    expect(await piecesOf(2400, true)).toEqual(['An invoice.', ' Of March.']);
  });

  it('is preceded by a filler, spoken immediately, when it takes longer', async () => {
    expect(await piecesOf(6000, true)).toEqual(['One moment. ', '|', 'An invoice.', ' Of March.']);
  });

  it('has no filler when it is not to be said', async () => {
    expect(await piecesOf(6000, false)).toEqual(['An invoice.', ' Of March.']);
  });

  it('leaves no timer when it fails or is canceled', async () => {
    const broken = new ReadableStream<string>({ start: (pieces) => pieces.error(new Error('overloaded')) });
    const filler = { text: '', afterMs: 2500, isWanted: () => true };
    await expect(withFiller(broken, filler).getReader().read()).rejects.toThrow('overloaded');
    await withFiller(new ReadableStream<string>(), filler).cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the wait for a reply', () => {
  const late = vi.fn();
  const listener = {
    onPresenceCheck: vi.fn(),
    onSilence: vi.fn(),
    onReplyLate: late,
    onTotalElapsed: vi.fn(),
    onWaitingElapsed: vi.fn(),
  };
  const limits = { ...defaultLimits, replyMs: 8000 };

  beforeEach(() => void late.mockClear());

  it('does not end with a filler: a model that hangs after it is late', () => {
    const timers = new BriefingTimers(limits, () => false, listener);
    timers.expectReply();
    vi.advanceTimersByTime(2500);
    timers.onReplyChunk('filler');
    timers.onAgentSpeaking(true);
    timers.onAgentSpeaking(false);
    vi.advanceTimersByTime(5499);
    expect(late).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(late).toHaveBeenCalledOnce();
    timers.stop();
  });

  it('restarts when the framework discards an answer with a tool call and asks the model again', () => {
    const timers = new BriefingTimers(limits, () => false, listener);
    timers.onReplyChunk('requested');
    timers.onReplyChunk('tool-call');
    vi.advanceTimersByTime(60_000);
    expect(late).not.toHaveBeenCalled();
    timers.onReplyChunk('requested');
    vi.advanceTimersByTime(8000);
    expect(late).toHaveBeenCalledOnce();
    timers.stop();
  });

  it('ends with an answer after a filler, however long that takes', () => {
    const timers = new BriefingTimers(limits, () => false, listener);
    timers.expectReply();
    timers.onReplyChunk('filler');
    timers.onAgentSpeaking(true);
    vi.advanceTimersByTime(4000);
    timers.onReplyChunk('words');
    vi.advanceTimersByTime(20_000);
    expect(late).not.toHaveBeenCalled();
    timers.stop();
  });
});

import { ReadableStream } from 'node:stream/web';
import { isFlushSentinel } from '@livekit/agents';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BriefingClocks } from '../../src/controller/briefing-timers.ts';
import { defaultLimits } from '../../src/options/briefing-limits.ts';
import { withFiller } from '../../src/session/with-filler.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (left > 0) throw new Error(`${left} timers are left`);
});

/** An answer of two pieces, the first after so long. */
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

describe('an answer', () => {
  it('that begins in time has no filler', async () => {
    expect(await piecesOf(2400, true)).toEqual(['An invoice.', ' Of March.']);
  });

  it('that takes longer has one before it, to be spoken immediately', async () => {
    expect(await piecesOf(6000, true)).toEqual(['One moment. ', '|', 'An invoice.', ' Of March.']);
  });

  it('that is not to be said has none', async () => {
    expect(await piecesOf(6000, false)).toEqual(['An invoice.', ' Of March.']);
  });

  it('that fails, or is given up, leaves no timer', async () => {
    const broken = new ReadableStream<string>({ start: (pieces) => pieces.error(new Error('overloaded')) });
    const filler = { text: '', afterMs: 2500, isWanted: () => true };
    await expect(withFiller(broken, filler).getReader().read()).rejects.toThrow('overloaded');
    await withFiller(new ReadableStream<string>(), filler).cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a debt of an answer', () => {
  const late = vi.fn();
  const news = { ask: vi.fn(), silent: vi.fn(), late, total: vi.fn(), waitedOut: vi.fn() };
  const limits = { ...defaultLimits, replyMs: 8000 };

  beforeEach(() => void late.mockClear());

  it('is not paid by a filler: a model that hangs after it is late', () => {
    const clocks = new BriefingClocks(limits, () => false, news);
    clocks.owe();
    vi.advanceTimersByTime(2500);
    clocks.answering('filler');
    clocks.agentSpeaking(true);
    clocks.agentSpeaking(false);
    vi.advanceTimersByTime(5499);
    expect(late).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(late).toHaveBeenCalledOnce();
    clocks.stop();
  });

  it('is not paid by a call of an answer that was thrown away: a model that is asked again still owes one', () => {
    const clocks = new BriefingClocks(limits, () => false, news);
    clocks.answering('asked');
    clocks.answering('tool-call');
    vi.advanceTimersByTime(60_000);
    expect(late).not.toHaveBeenCalled();
    clocks.answering('asked');
    vi.advanceTimersByTime(8000);
    expect(late).toHaveBeenCalledOnce();
    clocks.stop();
  });

  it('is paid by an answer that may be long, after a filler', () => {
    const clocks = new BriefingClocks(limits, () => false, news);
    clocks.owe();
    clocks.answering('filler');
    clocks.agentSpeaking(true);
    vi.advanceTimersByTime(4000);
    clocks.answering('words');
    vi.advanceTimersByTime(20_000);
    expect(late).not.toHaveBeenCalled();
    clocks.stop();
  });
});

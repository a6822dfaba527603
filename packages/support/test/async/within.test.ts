import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { within } from '../../src/index.ts';

const never = new Promise<never>(() => undefined);
const late = (): string => 'late';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('within()', () => {
  it('resolves with the value of work that is in time, and clears its timer', async () => {
    expect(await within(1_000, Promise.resolve('done'), late)).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with the error of work that fails in time, and clears its timer', async () => {
    await expect(within(1_000, Promise.reject(new Error('failed')), late)).rejects.toThrow('failed');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('resolves after the time, and not before, with what `onLate` returns', async () => {
    const settled = vi.fn<(value: string) => void>();
    void within(1_000, never, (ms) => `late after ${ms} ms`).then(settled);
    await vi.advanceTimersByTimeAsync(999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveBeenCalledExactlyOnceWith('late after 1000 ms');
  });

  it('rejects after the time with what `onLate` throws', async () => {
    const outcome = within(1_000, never, (ms) => {
      throw new Error(`late after ${ms} ms`);
    }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await outcome).toEqual(new Error('late after 1000 ms'));
  });

  it('ignores work that fails after the time', async () => {
    const unhandled = vi.fn<(error: unknown) => void>();
    process.on('unhandledRejection', unhandled);
    try {
      const work = new Promise<string>((_, reject) => {
        setTimeout(() => reject(new Error('failed')), 2_000);
      });
      const outcome = within(1_000, work, late);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await outcome).toBe('late');
      await vi.advanceTimersByTimeAsync(1_000);
      vi.useRealTimers();
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(unhandled).not.toHaveBeenCalled();
    } finally {
      process.off('unhandledRejection', unhandled);
    }
  });

  it('rejects with the reason of a signal that aborts, and clears its timer', async () => {
    const stop = new AbortController();
    const outcome = within(1_000, never, late, { signal: stop.signal }).catch((error: unknown) => error);
    stop.abort(new Error('stopped'));
    expect(await outcome).toEqual(new Error('stopped'));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with the reason of a signal that has aborted before, also when the work is done', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(within(1_000, Promise.resolve('done'), late, { signal })).rejects.toThrow('stopped');
  });

  it('leaves no listener on the signal of work that is done', async () => {
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    const added = vi.spyOn(signal, 'addEventListener');
    await within(1_000, Promise.resolve(), late, { signal });
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });

  it('waits for the time of the clock that it is given', async () => {
    const cancel = vi.fn<() => void>();
    const after = vi.fn((_ms: number, _callback: () => void) => cancel);
    const outcome = within(1_000, never, late, { clock: { after } });
    expect([after.mock.lastCall?.[0], vi.getTimerCount()]).toEqual([1_000, 0]);
    after.mock.lastCall?.[1]();
    expect(await outcome).toBe('late');
    expect(cancel).toHaveBeenCalledOnce();
  });
});

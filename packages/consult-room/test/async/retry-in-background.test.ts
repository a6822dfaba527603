import { expect, it, vi } from 'vitest';
import { retryInBackground } from '../../src/async/retry-in-background.ts';

it('retryInBackground() pauses for at most a second while participants may come back, and then longer and longer', async () => {
  vi.useFakeTimers();
  try {
    const startedAt = performance.now();
    const triedAt: number[] = [];
    const work = async (): Promise<boolean> => {
      triedAt.push(Math.round((performance.now() - startedAt) / 1_000));
      return triedAt.length === 8;
    };
    retryInBackground(work, startedAt + 4_500);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(triedAt).toEqual([1, 2, 3, 4, 5, 7, 11, 19]);
  } finally {
    vi.useRealTimers();
  }
});

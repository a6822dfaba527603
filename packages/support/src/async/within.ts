import { deferred } from './deferred.js';

interface WithinOptions {
  /** Ends the wait, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Starts the timer, and returns the function that cancels it. Default: the timers of Node. */
  readonly clock?: { after(ms: number, callback: () => void): () => void };
}

const nodeTimers = {
  after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Settles with `work`, or after `ms` with what `onLate` returns or throws. The work itself continues, and a rejection after that is
 * ignored.
 */
export async function within<T, Late>(
  ms: number,
  work: Promise<T>,
  onLate: (ms: number) => Late,
  { signal, clock = nodeTimers }: WithinOptions = {},
): Promise<T | Late> {
  const early = deferred<Late>();
  const onAbort = (): void => early.reject(signal?.reason as Error);
  const cancel = clock.after(ms, () => {
    try {
      early.resolve(onLate(ms));
    } catch (error) {
      early.reject(error as Error);
    }
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  try {
    return await Promise.race([early.promise, work]);
  } finally {
    cancel();
    signal?.removeEventListener('abort', onAbort);
  }
}

import { once } from 'node:events';

/** Resolves when the signal is aborted, now or later. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** What the promise gives, or the signal's reason thrown once it is aborted; the promise itself goes on. */
export async function unlessAborted<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (signal === undefined) return promise;
  const over = new AbortController();
  try {
    const aborting = signal.aborted ? Promise.resolve() : once(signal, 'abort', { signal: over.signal });
    return await Promise.race([promise, aborting.then((): Promise<never> => Promise.reject(signal.reason as Error))]);
  } catch (error) {
    // Work that was left may end in some error of its own, and first.
    signal.throwIfAborted();
    throw error;
  } finally {
    over.abort();
  }
}

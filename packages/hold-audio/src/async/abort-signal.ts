import { setMaxListeners } from 'node:events';

/**
 * Calls a listener once when the signal is aborted later, and returns a function that removes the listener. Node does
 * not warn about the number of listeners, however many clips a caller loads under one signal.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  setMaxListeners(0, signal);
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}

/** Resolves when the signal is aborted, immediately if it already is. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => void onAbort(signal, resolve));
}

/** Returns the promise's value, or throws the signal's reason once it is aborted; the promise itself continues. */
export async function unlessAborted<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (signal === undefined) return promise;
  let forget: (() => void) | undefined;
  const aborting = new Promise<never>((_, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    else forget = onAbort(signal, leave);
  });
  try {
    return await Promise.race([promise, aborting]);
  } catch (error) {
    // Abandoned work may end with an error of its own, and do so first.
    signal.throwIfAborted();
    throw error;
  } finally {
    forget?.();
  }
}

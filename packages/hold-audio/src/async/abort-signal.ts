import { setMaxListeners } from 'node:events';

/**
 * Calls a listener once, when the signal is aborted later; call what is returned to forget it. However many clips a caller
 * has under one signal, Node warns of none of them.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  setMaxListeners(0, signal);
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}

/** Resolves when the signal is aborted, now or later. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => void onAbort(signal, resolve));
}

/** What the promise gives, or the signal's reason thrown once it is aborted; the promise itself goes on. */
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
    // Work that was left may end in some error of its own, and first.
    signal.throwIfAborted();
    throw error;
  } finally {
    forget?.();
  }
}

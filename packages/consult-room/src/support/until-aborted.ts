/** Resolves to `what` when `signal` ends; stays pending without one. */
export function untilAborted<const T>(signal: AbortSignal | undefined, what: T): Promise<T> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve(what);
    else signal?.addEventListener('abort', () => resolve(what), { once: true });
  });
}

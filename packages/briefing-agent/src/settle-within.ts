export interface Bounds {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Waits for a promise until the timeout or the signal. Never rejects; a rejection after that is ignored. */
export function settleWithin(
  work: Promise<unknown>,
  { timeoutMs, signal }: Bounds,
): Promise<{ type: 'done' } | { type: 'threw'; error: unknown } | { type: 'late' } | { type: 'aborted' }> {
  return new Promise((resolve) => {
    const settle: typeof resolve = (outcome) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve(outcome);
    };
    const onAbort = (): void => settle({ type: 'aborted' });
    const timer = setTimeout(() => settle({ type: 'late' }), timeoutMs);
    work.then(
      () => settle({ type: 'done' }),
      (error: unknown) => settle({ type: 'threw', error }),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) onAbort();
  });
}

export interface Bounds {
  readonly limitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for a promise, but no longer than the limit or the signal allows. Never rejects.
 * What comes late is of no interest to anybody any more, so a late rejection is taken off the process.
 */
export function settleWithin(
  work: Promise<unknown>,
  { limitMs, signal }: Bounds,
): Promise<{ type: 'done' } | { type: 'threw'; error: unknown } | { type: 'late' } | { type: 'aborted' }> {
  return new Promise((resolve) => {
    const settle: typeof resolve = (outcome) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve(outcome);
    };
    const onAbort = (): void => settle({ type: 'aborted' });
    const timer = setTimeout(() => settle({ type: 'late' }), limitMs);
    work.then(
      () => settle({ type: 'done' }),
      (error: unknown) => settle({ type: 'threw', error }),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) onAbort();
  });
}

/** What each combined signal depends on. */
const sources = new WeakMap<AbortSignal, readonly AbortSignal[]>();

/**
 * Returns a signal that aborts with the first of these. Unlike `AbortSignal.any()` alone, it keeps them: Node 20 discards a
 * timeout to which nothing else refers in the next garbage collection, and the combined signal would never abort.
 */
export function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const given = signals.filter((signal) => signal !== undefined);
  const any = AbortSignal.any(given);
  sources.set(any, given);
  return any;
}

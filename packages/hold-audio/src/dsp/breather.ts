import { setImmediate } from 'node:timers/promises';

/** How long computing may hold the event loop at a stretch: far below one 20 ms audio frame of a call beside it. */
const STRETCH_MS = 2;

/** Call it between small pieces of work; it lets the event loop breathe once {@link STRETCH_MS} are used up. */
export type Breathe = () => Promise<void> | undefined;

/**
 * Cuts long computing into stretches of a few milliseconds. Await what the returned function gives: mostly
 * `undefined`, which costs nothing but a look at the clock. Rejects with the signal's reason once it is aborted.
 */
export function createBreather(signal?: AbortSignal): Breathe {
  let since = performance.now();
  const breathe = async (): Promise<void> => {
    await setImmediate(undefined, signal === undefined ? {} : { signal });
    since = performance.now();
  };
  return () => {
    if (performance.now() - since < STRETCH_MS) return undefined;
    return breathe();
  };
}

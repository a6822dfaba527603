/** How long computing may hold the event loop at a stretch: far below one 20 ms audio frame of a call beside it. */
const SLICE_MS = 2;

/** Call it between small pieces of work; it lets the event loop turn once the slice of this process is used up. */
export type YieldIfDue = () => Promise<void> | undefined;

/** When the running slice ends, by `performance.now()`. All computing of the process shares it. */
let sliceEnd = 0;
const waiting: (() => void)[] = [];

/** Begins a slice for the first in line; the others wait for a turn of the event loop each. */
function nextSlice(): void {
  const resume = waiting.shift();
  if (waiting.length > 0) setImmediate(nextSlice);
  sliceEnd = performance.now() + SLICE_MS;
  resume?.();
}

/**
 * Cuts long computing into slices of a few milliseconds, of which each turn of the event loop has one, however much is
 * computed at the same time. Await what the returned function gives: mostly `undefined`, which costs nothing but a look at
 * the clock. Rejects with the signal's reason once it is aborted.
 */
export function createTimeSlicer(signal?: AbortSignal): YieldIfDue {
  const takeTurn = async (): Promise<void> => {
    await new Promise<void>((resume) => {
      waiting.push(resume);
      if (waiting.length === 1) setImmediate(nextSlice);
    });
    signal?.throwIfAborted();
  };
  return () => (performance.now() < sliceEnd ? undefined : takeTurn());
}

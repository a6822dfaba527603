/** How long a computation may block the event loop: far below one 20 ms audio frame of another call in the process. */
const SLICE_MS = 2;

/** Yields to the event loop once the slice of this process is used up; call it between small pieces of work. */
export type YieldIfDue = () => Promise<void> | undefined;

/** End of the running slice, by `performance.now()`. All computations of the process share it. */
let sliceEnd = 0;
const waiting: (() => void)[] = [];

/** Begins a slice for the first waiter; each other one waits for another turn of the event loop. */
function nextSlice(): void {
  const resume = waiting.shift();
  if (waiting.length > 0) setImmediate(nextSlice);
  sliceEnd = performance.now() + SLICE_MS;
  resume?.();
}

/**
 * Cuts long computations into slices of a few milliseconds, one per turn of the event loop, however many run at the
 * same time. Await the result of the returned function: mostly `undefined`, which costs only a look at the clock.
 * Rejects with the signal's reason once it is aborted.
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

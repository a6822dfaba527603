import { deferred } from '@org/support';

/** The clock and timers of a dialer. Tests replace it. */
export interface Clock {
  /** The time of day in milliseconds since the epoch, which may be set forward or back at any time. */
  now(): number;
  /** A monotonic time in milliseconds, for durations. */
  steady(): number;
  /** Calls `callback` once after `ms`, unless canceled by the returned function. */
  after(ms: number, callback: () => void, options?: { keepsProcessAlive?: boolean }): () => void;
}

/** A timer that fires later than this shows that the process was busy, and has unread input. In milliseconds. */
const lateMs = 100;
/** How long reading that input may take. In milliseconds. */
const catchUpMs = 100;

export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => Math.floor(performance.now()),
  after(ms, callback, options) {
    const dueAt = performance.now() + ms;
    const start = (waitMs: number, done: () => void): NodeJS.Timeout => {
      const started = setTimeout(done, waitMs);
      return options?.keepsProcessAlive === false ? started.unref() : started;
    };
    let timer = start(ms, () => {
      if (performance.now() - dueAt > lateMs) timer = start(catchUpMs, callback);
      else callback();
    });
    return () => clearTimeout(timer);
  },
};

/** Returns a function for the time of day that ignores later changes of the system clock. */
export function timeFromNow(clock: Clock): () => number {
  const beganAt = clock.now() - clock.steady();
  return () => beganAt + clock.steady();
}

/** Resolves after `ms`, or when `sooner` resolves. */
export async function pause(clock: Clock, ms: number, sooner?: Promise<void>): Promise<void> {
  const over = deferred<void>();
  const cancel = clock.after(ms, () => over.resolve());
  await (sooner === undefined ? over.promise : Promise.race([over.promise, sooner]));
  cancel();
}

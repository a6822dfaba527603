import { deferred } from '@org/support';

/** Time, as far as dialing needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds since the epoch: the time of day, which may be set forward or back at any time. */
  now(): number;
  /** Milliseconds that pass evenly, from any beginning: for durations. */
  steady(): number;
  /** Calls back once after `ms`, unless canceled by the returned function. */
  after(ms: number, callback: () => void, options?: { keepsProcessAlive?: boolean }): () => void;
}

/** A timer that is later than this shows that the process was busy, and has not read what came meanwhile. In milliseconds. */
const lateMs = 100;
/** How long it may take to read that. In milliseconds. */
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

/** The time of day from now on, as if nobody set the clock. */
export function timeFromNow(clock: Clock): () => number {
  const beganAt = clock.now() - clock.steady();
  return () => beganAt + clock.steady();
}

/** Resolves after `ms`, or sooner when `sooner` does. */
export async function pause(clock: Clock, ms: number, sooner?: Promise<void>): Promise<void> {
  const over = deferred<void>();
  const cancel = clock.after(ms, () => over.resolve());
  await (sooner === undefined ? over.promise : Promise.race([over.promise, sooner]));
  cancel();
}

/** What `task` resolves to, or `undefined` when it takes longer than `ms`. A late failure of `task` is of no interest. */
export async function within<T>(clock: Clock, ms: number, task: Promise<T>): Promise<T | undefined> {
  const over = deferred<undefined>();
  const cancel = clock.after(ms, () => over.resolve(undefined));
  try {
    return await Promise.race([task, over.promise]);
  } finally {
    cancel();
  }
}

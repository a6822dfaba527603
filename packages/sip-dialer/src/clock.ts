/** Time, as far as dialing needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`, unless canceled by the returned function. */
  after(ms: number, callback: () => void, options?: { keepsProcessAlive?: boolean }): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback, options) {
    const timer = setTimeout(callback, ms);
    if (options?.keepsProcessAlive === false) timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms`, or sooner when `sooner` does. */
export function pause(clock: Clock, ms: number, sooner?: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    void sooner?.then(() => {
      cancel();
      resolve();
    });
  });
}

/** What `task` resolves to, or `undefined` when it takes longer than `ms`. A late failure of `task` is of no interest. */
export function within<T>(clock: Clock, ms: number, task: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => resolve(undefined));
    task.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

import { setTimeout as sleep } from 'node:timers/promises';

/** Time in milliseconds that only goes forward. */
export interface Clock {
  now(): number;
  /** Resolves at the time, immediately if it is past or the signal is aborted. */
  sleepUntil(time: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleepUntil: async (time, signal) => {
    const left = time - performance.now();
    if (left > 0) await sleep(left, undefined, signal && { signal }).catch(() => undefined);
  },
};

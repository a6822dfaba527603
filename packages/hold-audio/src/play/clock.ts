import { setTimeout as sleep } from 'node:timers/promises';

/** Time in milliseconds that only goes forward. */
export interface Clock {
  now(): number;
  /** Resolves at once when the time is past. */
  sleepUntil(time: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleepUntil: async (time) => {
    const left = time - performance.now();
    if (left > 0) await sleep(left);
  },
};

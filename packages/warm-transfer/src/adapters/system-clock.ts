import type { ClockPort } from '../runtime/ports.js';

export const systemClock: ClockPort = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

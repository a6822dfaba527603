import { setTimeout as delay } from 'node:timers/promises';

/** Looks again and again for something that comes by itself; undefined when it did not come within the limit. */
export async function foundWithin<T>(
  limitMs: number,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
  for (const until = performance.now() + limitMs; ; await delay(EVERY_MS)) {
    const found = await look();
    if (found !== undefined || performance.now() > until) return found;
  }
}

const EVERY_MS = 10;

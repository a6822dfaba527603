import { setTimeout as delay } from 'node:timers/promises';

/** Polls for a value. Resolves to undefined when it has not come within `limitMs`. */
export async function sought<T>(
  look: () => T | undefined | Promise<T | undefined>,
  limitMs: number,
): Promise<T | undefined> {
  for (const until = Date.now() + limitMs; ; await delay(50)) {
    const found = await look();
    if (found !== undefined || Date.now() > until) return found;
  }
}

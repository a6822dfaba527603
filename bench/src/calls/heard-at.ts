import { setTimeout as delay } from 'node:timers/promises';
import type { Ear } from '@org/phone-lab';

/** When a voice is first heard from a moment on, epoch ms; undefined when it did not come within `neverMs`. */
export async function heardAt(ear: Ear, hz: number, from: number, neverMs: number): Promise<number | undefined> {
  for (const until = Date.now() + neverMs; ; await delay(20)) {
    const at = ear.firstHeardAt(hz, { from });
    if (at !== undefined || Date.now() > until) return at;
  }
}

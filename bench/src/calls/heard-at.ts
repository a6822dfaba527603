import type { Ear } from '@org/phone-lab';
import { foundWithin } from '../found-within.js';

/** When a voice is first heard from a moment on, epoch ms; undefined when it did not come within `neverMs`. */
export const heardAt = (ear: Ear, hz: number, from: number, neverMs: number): Promise<number | undefined> =>
  foundWithin(neverMs, () => ear.firstHeardAt(hz, { from }));

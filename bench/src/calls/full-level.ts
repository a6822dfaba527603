import type { Ear } from '@org/phone-lab';

const STEP_MS = 20;
const SEARCH_MS = 4_000;

/** When a steady tone first came within 1 dB of the level that it then keeps; epoch ms. */
export function fullLevelAt(ear: Ear, hz: number, from: number): number | undefined {
  const first = ear.firstHeardAt(hz, { from });
  if (first === undefined) return undefined;
  const plateau = ear.levelDbfs({ from: first + 1_000, to: first + 1_300 });
  for (let at = first; at < first + SEARCH_MS; at += STEP_MS) {
    if (ear.levelDbfs({ from: at, to: at + STEP_MS }) > plateau - 1) return at;
  }
  return undefined;
}

import { samplesIn } from '../../src/tones.js';

/** White noise that is the same in every run. */
export function noise(peakDbfs: number, ms: number, sampleRate: number, seed = 1): Int16Array {
  let state = seed;
  const peak = 32_767 * 10 ** (peakDbfs / 20);
  return Int16Array.from({ length: samplesIn(ms, sampleRate) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.round((state / 2 ** 31 - 1) * peak);
  });
}

/** The quietest tone: -40 dBFS, as a mean square. */
const QUIETEST = 10 ** (-40 / 10) / 2;
/** The range of beeps, in Hz: below are hum and voices. */
const LOWEST = 380;
const HIGHEST = 2600;
/** The step of the search, in Hz: half of the resolution of a window of 20 ms. */
const STEP = 25;
/** The smallest shares of a window's energy: of the tone, and of the tone with its second and third harmonic. */
const SMALLEST_SHARE = 0.6;
const SMALLEST_SHARE_WITH_HARMONICS = 0.88;

/** The sound of one window. */
export interface Window {
  /** The mean square, of full scale. */
  readonly power: number;
  /** The frequency of its only tone, in Hz; undefined for any other sound. */
  readonly tone: number | undefined;
}

/** Finds the tone in one window, also with overtones or noise. Voices, two tones and noise are none. Pure. */
export function findTone(samples: Int16Array, sampleRate: number): Window {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length / 32_768 ** 2;
  if (power < QUIETEST) return { power, tone: undefined };
  const shareAt = (hz: number): number => powerAt(samples, hz / sampleRate) / (power * 32_768 ** 2);
  let best = { hz: 0, share: 0 };
  for (let hz = LOWEST; hz <= HIGHEST; hz += STEP) {
    const share = shareAt(hz);
    if (share > best.share) best = { hz, share };
  }
  for (let step = STEP / 2; step >= 1; step /= 2) {
    for (const hz of [best.hz - step, best.hz + step]) {
      const share = shareAt(hz);
      if (share > best.share) best = { hz, share };
    }
  }
  const { hz, share } = best;
  const harmonics = [2, 3].filter((times) => times * hz < sampleRate / 2);
  const all = harmonics.reduce((sum, times) => sum + shareAt(times * hz), share);
  return { power, tone: share >= SMALLEST_SHARE && all >= SMALLEST_SHARE_WITH_HARMONICS ? hz : undefined };
}

/** Returns the mean square of the part of the samples that is a sine, in cycles per sample (Goertzel). */
function powerAt(samples: Int16Array, cycles: number): number {
  const angle = 2 * Math.PI * cycles;
  const c = 2 * Math.cos(angle);
  let before = 0;
  let last = 0;
  for (const sample of samples) [before, last] = [last, sample + c * last - before];
  const energy = last * last + before * before - c * last * before;
  return (2 * energy) / samples.length ** 2;
}

import { amplitudeToDbfs } from './level.js';
import { samplesIn } from './tone-generator.js';

export interface ClickOptions {
  /** Smaller steps do not count. Default -34 dBFS: 2 % of full scale, a fifth of the amplitude of a lab phone's tone. */
  readonly minStepDbfs?: number;
}

const clickDefaults: Readonly<Required<ClickOptions>> = Object.freeze({ minStepDbfs: -34 });

/** A place where the waveform jumps. */
export interface Click {
  /** Offset from the first sample. */
  readonly atMs: number;
  /** Height of the one step that would sound as loud; a step of full scale is 0. */
  readonly stepDbfs: number;
}

/** Width of the windows, and how many of them on each side a click must stand out from. */
const windowMs = 2;
const besideWindows = 5;

/** A click has this many times the power of its surroundings: 12 dB. */
const leastContrast = 16;

/** A high pass for all above a quarter of the sample rate: a windowed sinc of this many taps. */
const taps = 31;

/**
 * Finds jumps of the waveform or its level: a sound that was cut off or began without a ramp, samples that were lost or
 * repeated, a loop with a bad seam.
 *
 * The measure: telephone sounds end below 4 kHz, and a jump sounds at all frequencies together. The samples (16 kHz) are
 * high-passed at 4 kHz, and their energy E (full scale is 1) taken in windows of 2 ms. A step of height h leaves
 * E = h²/2π, so that E is given as the height of a step. It is a click if that reaches `minStepDbfs`, and the window has 16
 * times the power of the windows 4 to 10 ms before and behind it: noise and hissing last longer. Made for tones, music
 * without drums and silence; the plosives of speech are clicks of their own.
 */
export function findClicks(pcm: Int16Array, sampleRate: number, options: ClickOptions = {}): Click[] {
  const { minStepDbfs } = { ...clickDefaults, ...options };
  const size = samplesIn(windowMs, sampleRate);
  const energies = highEnergies(pcm, size);
  const clicks: (Click & { readonly window: number })[] = [];
  for (const [window, energy] of energies.entries()) {
    // A jump at the edge of two windows has its energy in both.
    const around = energy + Math.max(energies[window - 1] ?? 0, energies[window + 1] ?? 0);
    const stepDbfs = amplitudeToDbfs(Math.sqrt(around * 2 * Math.PI));
    if (stepDbfs < minStepDbfs || energy < leastContrast * beside(energies, window)) continue;
    const last = clicks.at(-1);
    const isSame = last !== undefined && window - last.window <= 2;
    if (isSame && last.stepDbfs >= stepDbfs) continue;
    if (isSame) clicks.pop();
    clicks.push({ atMs: window * windowMs, stepDbfs, window });
  }
  return clicks.map(({ atMs, stepDbfs }) => ({ atMs, stepDbfs }));
}

/** The louder of both sides, each by its median. */
function beside(energies: Float64Array, window: number): number {
  const before = energies.subarray(Math.max(0, window - besideWindows), Math.max(0, window - 1));
  const behind = energies.subarray(window + 2, window + 1 + besideWindows);
  return Math.max(middleOf(before), middleOf(behind));
}

function middleOf(values: Float64Array): number {
  return values.toSorted()[Math.floor(values.length / 2)] ?? 0;
}

/** Energy above a quarter of the sample rate, for each window. */
function highEnergies(pcm: Int16Array, size: number): Float64Array {
  const middle = (taps - 1) / 2;
  const filter = Float64Array.from({ length: taps }, (_, i) => highPassTap(i - middle));
  const energies = new Float64Array(Math.ceil(pcm.length / size));
  // Beyond the ends nothing is known; a filter that reached there would hear a jump.
  for (let i = middle; i < pcm.length - middle; i += 1) {
    let high = 0;
    for (let tap = 0; tap < taps; tap += 1) high += (filter[tap] ?? 0) * (pcm[i + tap - middle] ?? 0);
    const window = Math.floor(i / size);
    energies[window] = (energies[window] ?? 0) + (high / 32_768) ** 2;
  }
  return energies;
}

/** All that passes, minus a low pass, under a Hann window. */
function highPassTap(offset: number): number {
  const low = offset === 0 ? 0.5 : Math.sin((Math.PI * offset) / 2) / (Math.PI * offset);
  const hann = 0.5 + 0.5 * Math.cos((2 * Math.PI * offset) / (taps + 1));
  return ((offset === 0 ? 1 : 0) - low) * hann;
}

import { amplitudeAt, windowed } from './amplitude-at.js';
import { detectTonesIn } from './detect-tones.js';
import { amplitudeToDbfs, dbfsToAmplitude } from './level.js';

/** How a party is recognized by ear. */
export interface Signature {
  readonly name: string;
  /** Any of these frequencies (Hz) sounding is the party. */
  readonly frequencies: readonly number[];
  /** From and to in Hz: for music and the like, whatever sounds in this band is the party. No tone of another party may lie in it. */
  readonly band?: readonly [from: number, to: number];
}

/** A frequency stands for a signature of that frequency alone. */
export function toSignature(signature: number | Signature): Signature {
  return typeof signature === 'number' ? { name: `${signature} Hz`, frequencies: [signature] } : signature;
}

/** The content of one window, by signatures. */
export interface WindowContent {
  /** Names of the signatures that sound. */
  readonly heard: readonly string[];
  /** Share of the window's power that they make up, 0 to 1. */
  readonly explained: number;
}

/** Less than this in a band is not heard, as with tones. */
const minBandDbfs = -45;

/** A loud tone elsewhere spreads a little of its power into every band when it begins or ends. */
const minBandShare = 0.01;

/** Names what sounds in the samples, taken as one window. */
export function contentOf(pcm: Int16Array, sampleRate: number, signatures: readonly Signature[]): WindowContent {
  const frequencies = [...new Set(signatures.flatMap((signature) => signature.frequencies))];
  const samples = windowed(pcm);
  const detected = detectTonesIn(samples, sampleRate, frequencies);
  const tones = new Set(detected.map((tone) => tone.frequency));
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  let explained = 0;
  // A Hann window of mean 1 shows three quarters of a tone's amplitude squared as its power.
  for (const tone of detected) explained += 0.75 * dbfsToAmplitude(tone.levelDbfs) ** 2;
  const heard = signatures.filter(({ frequencies: own, band }) => {
    const inBand = band === undefined ? 0 : bandPower(samples, sampleRate, band);
    const loud = amplitudeToDbfs(Math.sqrt((2 * inBand) / 1.5)) >= minBandDbfs && inBand >= minBandShare * power;
    if (loud) explained += inBand;
    return loud || own.some((frequency) => tones.has(frequency));
  });
  return { heard: heard.map(({ name }) => name), explained: power === 0 ? 1 : explained / power };
}

/** Power of the windowed samples between two frequencies: by Parseval's theorem the sum over the bins. */
function bandPower(samples: Float64Array, sampleRate: number, [from, to]: readonly [number, number]): number {
  const binHz = sampleRate / samples.length;
  let power = 0;
  for (let bin = Math.ceil(from / binHz); bin * binHz <= to; bin += 1) {
    power += amplitudeAt(samples, sampleRate, bin * binHz) ** 2 / 2;
  }
  return power;
}

import { seededRandom } from '../seeded-random.js';
import { PcmResampler } from '../media/pcm-resampler.js';
import { LINE_EAR_RATE, LINE_VOICE_RATE } from './phone-line.js';
import { dbfsToAmplitude } from '../tones/level.js';
import { EchoPath } from './echo-path.js';
import { changesSound, echoDefaults, type LineSound } from './line-sound.js';
import { NarrowBand } from './narrow-band.js';

/** How much sound is under way between this path and the far end's beginning: what an echo has been delayed by already. */
export const LINE_AHEAD_MS = 60;

/** Root mean square of noise that is even between -1 and 1. */
const evenNoiseRms = 1 / Math.sqrt(3);

const noiseRate = 8000;

/** Sends sound through a phone's line: echo and noise are added, then the codec has it. */
export class LineSoundPath {
  readonly #echo: EchoPath | undefined;
  readonly #codec: NarrowBand | undefined;
  readonly #noise: Int16Array;
  #noiseAt = 0;

  constructor({ codec, echo, comfortNoise }: LineSound) {
    if (codec !== undefined && codec !== 'opus') this.#codec = new NarrowBand(codec, LINE_VOICE_RATE);
    if (echo) {
      const { levelDb, delayMs } = { ...echoDefaults, ...echo };
      this.#echo = new EchoPath(levelDb, delayMs - LINE_AHEAD_MS, LINE_EAR_RATE, LINE_VOICE_RATE);
    }
    this.#noise = comfortNoise === undefined ? new Int16Array() : noiseOf(comfortNoise);
  }

  /** Begins to hear a track, at the rate of ears; its samples go to the function that is returned. */
  hear(): (pcm: Int16Array) => void {
    return this.#echo?.hear() ?? (() => undefined);
  }

  /** Takes what the phone sends now, and returns what leaves the line; as many samples. */
  run(pcm: Int16Array): Int16Array {
    const sent = pcm.slice();
    this.#echo?.addTo(sent);
    for (let i = 0; i < sent.length && this.#noise.length > 0; i += 1) {
      const sum = (sent[i] ?? 0) + (this.#noise[this.#noiseAt] ?? 0);
      sent[i] = Math.max(-32_768, Math.min(32_767, sum));
      this.#noiseAt = (this.#noiseAt + 1) % this.#noise.length;
    }
    return this.#codec?.run(sent) ?? sent;
  }
}

/** Four seconds of noise of this level in the band of a telephone, to be repeated. */
function noiseOf(levelDbfs: number): Int16Array {
  const random = seededRandom(1);
  // The level of noise is that of the sine with the same power.
  const peak = (dbfsToAmplitude(levelDbfs) * 32_767) / Math.SQRT2 / evenNoiseRms;
  const narrow = Int16Array.from({ length: 4 * noiseRate }, () => Math.round(peak * (2 * random() - 1)));
  return new PcmResampler(noiseRate, LINE_VOICE_RATE).push(narrow);
}

/** The path that a line needs; undefined if it leaves sound as it is. */
export function lineSoundPath(line: LineSound = {}): LineSoundPath | undefined {
  return changesSound(line) ? new LineSoundPath(line) : undefined;
}

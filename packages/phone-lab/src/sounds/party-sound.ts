import { dbfsToAmplitude, amplitudeToDbfs } from '../tones/level.js';
import { samplesIn } from '../tones/tone-generator.js';
import { NotchFilter } from './notch-filter.js';
import { MARK_BELOW_VOICE_DB, VOICE_MARKS } from './voice-marks.js';

/** How a party sounds, whatever it says. */
export interface PartySound {
  /** The party's mark, Hz: a soft tone that sounds for as long as a phrase does. Default none. */
  readonly mark?: number | undefined;
  /** Level of what sounds, pauses not counted; a full-scale sine is 0. Default -20 dBFS. */
  readonly levelDbfs?: number | undefined;
}

const SPEECH_LEVEL_DBFS = -20;

const frameMs = 10;

/** Sound this much softer than the whole is a pause, dB. */
const pauseBelowDb = 30;

/** A pause that is shorter than this belongs to the phrase. */
const shortPauseMs = 250;

/** Ends of the mark are soft. */
const rampMs = 10;

/** Takes all mark bands, and the party's own, out of samples at this rate. */
export function notchFor(mark: number | undefined, sampleRate: number): NotchFilter {
  return new NotchFilter(
    mark === undefined || VOICE_MARKS.includes(mark) ? VOICE_MARKS : [...VOICE_MARKS, mark],
    sampleRate,
  );
}

/** Makes samples (1 is full scale) the sound of a party, as {@link markParty} does, after taking the mark bands out. */
export function partySound(samples: Float64Array, sampleRate: number, sound: PartySound): Int16Array {
  return markParty(notchFor(sound.mark, sampleRate).run(samples), sampleRate, sound);
}

/**
 * Brings what sounds to its level, and adds the mark 18 dB below it, for as long as a phrase lasts. The mark bands have been
 * taken out before. Changes the samples that it is given.
 */
export function markParty(samples: Float64Array, sampleRate: number, sound: PartySound): Int16Array {
  const { mark, levelDbfs = SPEECH_LEVEL_DBFS } = sound;
  const phrases = phrasesIn(samples, sampleRate);
  const gain = dbfsToAmplitude(levelDbfs) / Math.max(amplitudeOf(samples, phrases), 1e-9);
  for (let i = 0; i < samples.length; i += 1) samples[i] = (samples[i] ?? 0) * gain;
  if (mark !== undefined) {
    const amplitude = dbfsToAmplitude(levelDbfs - MARK_BELOW_VOICE_DB);
    for (const [from, to] of phrases)
      addTone(samples.subarray(from, to), (2 * Math.PI * mark) / sampleRate, amplitude, samplesIn(rampMs, sampleRate));
  }
  return Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767))));
}

/** From and to, in samples. */
type Range = readonly [from: number, to: number];

/** Returns where the audio sounds, including short pauses. */
function phrasesIn(samples: Float64Array, sampleRate: number): Range[] {
  const size = samplesIn(frameMs, sampleRate);
  const levels = Array.from({ length: Math.ceil(samples.length / size) }, (_, i) =>
    amplitudeToDbfs(rms(samples.subarray(i * size, (i + 1) * size))),
  );
  const least = amplitudeToDbfs(rms(samples)) - pauseBelowDb;
  const phrases: [number, number][] = [];
  for (const [i, level] of levels.entries()) {
    if (level < least) continue;
    const [from, to] = [i * size, Math.min(samples.length, (i + 1) * size)];
    const last = phrases.at(-1);
    if (last && from - last[1] <= samplesIn(shortPauseMs, sampleRate)) last[1] = to;
    else phrases.push([from, to]);
  }
  return phrases;
}

function amplitudeOf(samples: Float64Array, phrases: readonly Range[]): number {
  let [sum, count] = [0, 0];
  for (const [from, to] of phrases) {
    for (let i = from; i < to; i += 1) sum += (samples[i] ?? 0) ** 2;
    count += to - from;
  }
  return Math.sqrt((2 * sum) / Math.max(1, count));
}

function rms(samples: Float64Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

function addTone(samples: Float64Array, omega: number, amplitude: number, ramp: number): void {
  for (let i = 0; i < samples.length; i += 1) {
    const edge = Math.min(1, Math.min(i, samples.length - 1 - i) / ramp);
    samples[i] = (samples[i] ?? 0) + amplitude * Math.sin((Math.PI * edge) / 2) ** 2 * Math.sin(omega * i);
  }
}

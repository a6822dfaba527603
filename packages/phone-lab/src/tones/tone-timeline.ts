import { amplitudeAt, windowed } from './amplitude-at.js';
import { detectTones } from './detect-tones.js';
import { levelDbfs } from './level.js';
import type { Signature } from './signature.js';
import { samplesIn } from './tone-generator.js';

/** What sounded in one window. */
export interface ToneWindow {
  /** Offset from the first sample. */
  readonly startMs: number;
  readonly levelDbfs: number;
  /** Names of the signatures that sound. */
  readonly heard: readonly string[];
  /** Audible, and not explained by the signatures. */
  readonly other: boolean;
}

const audibleDbfs = -45;

/** Share of a window's power that the signatures need not explain: noise of the codec, ramps. */
const unexplainedShare = 0.2;

/** Cuts the samples into windows without overlap (the last, incomplete one is left out) and names what sounds in each. */
export function toneTimeline(
  pcm: Int16Array,
  sampleRate: number,
  signatures: readonly Signature[],
  windowMs = 100,
): ToneWindow[] {
  const size = samplesIn(windowMs, sampleRate);
  const frequencies = [...new Set(signatures.flatMap((signature) => signature.frequencies))];
  const windows = Array.from({ length: Math.floor(pcm.length / size) }, (_, i) => {
    const samples = pcm.subarray(i * size, (i + 1) * size);
    const level = levelDbfs(samples);
    const audible = level >= audibleDbfs;
    const tones = audible ? detectTones(samples, sampleRate, frequencies) : [];
    const sounding = new Set(tones.map((tone) => tone.frequency));
    return {
      startMs: i * windowMs,
      levelDbfs: level,
      heard: signatures.filter((one) => one.frequencies.some((f) => sounding.has(f))).map((one) => one.name),
      unexplained: audible && !isExplained(samples, sampleRate, [...sounding]),
    };
  });
  return windows.map(({ unexplained, ...window }, i) => {
    // A tone that begins or ends inside a window spreads its power; that is no other sound.
    const [before, after] = [windows[i - 1]?.heard ?? [], windows[i + 1]?.heard ?? []];
    const nearby = new Set([...before, ...window.heard, ...after]);
    const edge = [...nearby].some((name) => ![before, window.heard, after].every((heard) => heard.includes(name)));
    return { ...window, other: unexplained && !edge };
  });
}

/** Whether tones of these frequencies make up nearly all the power. */
function isExplained(samples: Int16Array, sampleRate: number, frequencies: readonly number[]): boolean {
  const shaped = windowed(samples);
  let power = 0;
  for (const sample of shaped) power += sample * sample;
  // The mean square of a Hann window of mean 1 is 1.5.
  const explained = frequencies.reduce((sum, f) => sum + 0.75 * amplitudeAt(shaped, sampleRate, f) ** 2, 0);
  return explained >= (1 - unexplainedShare) * (power / shaped.length);
}

import { levelDbfs } from './level.js';
import { contentOf, type Signature } from './signature.js';
import { samplesIn } from './tone-generator.js';

/** The sounds of one window. */
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
  const windows = Array.from({ length: Math.floor(pcm.length / size) }, (_, i) => {
    const samples = pcm.subarray(i * size, (i + 1) * size);
    const level = levelDbfs(samples);
    const audible = level >= audibleDbfs;
    const { heard, explained } = audible ? contentOf(samples, sampleRate, signatures) : { heard: [], explained: 1 };
    return { startMs: i * windowMs, levelDbfs: level, heard, unexplained: explained < 1 - unexplainedShare };
  });
  return windows.map(({ unexplained, ...window }, i) => {
    // A tone that begins or ends inside a window spreads its power; that is no other sound.
    const [before, after] = [windows[i - 1]?.heard ?? [], windows[i + 1]?.heard ?? []];
    const nearby = new Set([...before, ...window.heard, ...after]);
    const edge = [...nearby].some((name) => ![before, window.heard, after].every((heard) => heard.includes(name)));
    return { ...window, other: unexplained && !edge };
  });
}

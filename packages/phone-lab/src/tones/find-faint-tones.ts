import { FaintToneSearch } from './faint-tone-search.js';
import { ToneEvidence } from './tone-evidence.js';

/** A stretch in which a tone sounds, however faint. */
export interface FaintTone {
  /** Hz, as asked for. */
  readonly frequency: number;
  /** Offset from the first sample; ± 30 ms, as the length is. */
  readonly startMs: number;
  readonly lengthMs: number;
  /** Level of the tone where it is loudest, in a window of 64 ms; a full-scale sine is 0. */
  readonly levelDbfs: number;
  /** Whether one window was loud enough, or only all of them together were long enough. */
  readonly foundBy: 'level' | 'duration';
}

const windowMs = 64;

/** Windows overlap by three quarters. */
const overlap = 4;

/**
 * Finds tones: from -70 dBFS on if they last a second in all, from -40 dBFS on if they last 40 ms; the first
 * and the last sample included. Other sounds beside them do not matter as long as they leave the bins around the
 * frequency free.
 *
 * The measure: the power of the tone against the bins beside it, in windows of 64 ms every 16 ms. What begins, ends or
 * jumps elsewhere spreads its power over the bins beside the frequency as well, and so is not taken for the tone.
 */
export function findFaintTones(pcm: Int16Array, sampleRate: number, frequencies: readonly number[]): FaintTone[] {
  const size = 2 ** Math.round(Math.log2((windowMs * sampleRate) / 1000));
  const hop = size / overlap;
  const hopMs = (hop * 1000) / sampleRate;
  const evidence = new ToneEvidence(pcm, sampleRate, size);
  const searches = frequencies.map((frequency) => ({ frequency, search: new FaintToneSearch() }));
  // Windows reach half beyond both ends, so that the first and the last moment have full weight too.
  for (let middle = 0; middle <= pcm.length; middle += hop) {
    if (!evidence.moveTo(middle - size / 2)) continue;
    for (const { frequency, search } of searches) search.add((middle * 1000) / sampleRate, evidence.of(frequency));
  }
  const found = searches.flatMap(({ frequency, search }) =>
    search.end().map(({ startMs, windows, levelDbfs, isLoud }): FaintTone => ({
      frequency,
      startMs,
      lengthMs: windows * hopMs,
      levelDbfs,
      foundBy: isLoud ? 'level' : 'duration',
    })),
  );
  return found.toSorted((a, b) => a.startMs - b.startMs);
}

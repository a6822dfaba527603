import { findFaintTones } from '../tones/find-faint-tones.js';
import { levelDbfs } from '../tones/level.js';
import type { Signature } from '../tones/signature.js';
import { samplesIn } from '../tones/tone-generator.js';
import { toneTimeline } from '../tones/tone-timeline.js';
import { EAR_SAMPLE_RATE, type HeardLeak } from './ear.js';

/** A leak in samples, without the track that they come from. */
type Leak = Omit<HeardLeak, 'publisher' | 'trackName' | 'trackSid' | 'at'> & { readonly startMs: number };

const windowMs = 100;

/** Finds the parties that sound in the samples of one track, however faint or short. */
export function findLeaks(pcm: Int16Array, parties: readonly Signature[]): Leak[] {
  const frequencies = [...new Set(parties.flatMap((party) => party.frequencies))];
  const tones = findFaintTones(pcm, EAR_SAMPLE_RATE, frequencies);
  const leaks = parties.flatMap((party) => [
    ...tones
      .filter(({ frequency }) => party.frequencies.includes(frequency))
      .map(({ lengthMs, ...tone }): Leak => ({ party: party.name, ...tone, forMs: lengthMs })),
    ...bandLeaks(pcm, party),
  ]);
  return leaks.toSorted((a, b) => a.startMs - b.startMs);
}

/** Finds sound in the party's band: as in `timeline()`, windows that follow each other being one leak. */
function bandLeaks(pcm: Int16Array, { name, band }: Signature): Leak[] {
  if (band === undefined) return [];
  const leaks: Leak[] = [];
  for (const { startMs, heard } of toneTimeline(pcm, EAR_SAMPLE_RATE, [{ name, frequencies: [], band }], windowMs)) {
    if (heard.length === 0) continue;
    const last = leaks.at(-1);
    const goesOn = last !== undefined && last.startMs + last.forMs === startMs;
    if (goesOn) leaks.pop();
    const [from, forMs] = goesOn ? [last.startMs, last.forMs + windowMs] : [startMs, windowMs];
    const samples = pcm.subarray(samplesIn(from, EAR_SAMPLE_RATE), samplesIn(from + forMs, EAR_SAMPLE_RATE));
    leaks.push({ party: name, startMs: from, forMs, levelDbfs: levelDbfs(samples), foundBy: 'band' });
  }
  return leaks;
}

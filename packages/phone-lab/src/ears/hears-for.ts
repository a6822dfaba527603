import type { Signature } from '../tones/signature.js';
import type { Ear } from './ear.js';

const windowMs = 100;

/** Newest windows, in which a track may still be filled by frames that come late. */
const unsettled = 3;

/** A track that is further behind the others has ended. In milliseconds. */
const endedMs = 5_000;

/**
 * A question to ask again and again: has it sounded for this long since then? A number stands for any sound of this level.
 * Each window is looked at only a few times.
 */
export function hearsFor(
  ear: Ear,
  what: Signature | number,
  forMs: number,
  since: number,
  publisher?: string,
): () => boolean {
  let from = since;
  let settledMs = 0;
  return () => {
    const signatures = typeof what === 'number' ? [] : [what];
    const windows = ear.timeline(signatures, windowMs, { from, ...(publisher !== undefined && { publisher }) });
    const hits = windows.map(({ heard, levelDbfs }) =>
      (typeof what === 'number' ? levelDbfs >= what : heard.length > 0) ? windowMs : 0,
    );
    const settled = hits.splice(0, Math.max(0, hits.length - unsettled - windowsBehind(ear)));
    from += settled.length * windowMs;
    settledMs += sum(settled);
    return settledMs + sum(hits) >= forMs;
  };
}

/** How many windows the slowest of the tracks that go on is behind the quickest: a busy process reads one after the other. */
function windowsBehind({ tracks }: Ear): number {
  const ends = tracks.map(({ endsAt }) => endsAt);
  const newest = Math.max(...ends);
  return Math.ceil((newest - Math.min(...ends.filter((end) => newest - end < endedMs))) / windowMs);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

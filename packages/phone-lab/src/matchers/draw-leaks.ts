import type { HeardLeak } from '../ears/ear.js';

/** Leaks that are listed one by one; the rest is counted. */
const longestList = 10;

/** The leaks as text, one line for each, with its time after `start` (epoch, ms). */
export function drawLeaks(leaks: readonly HeardLeak[], start: number): string {
  const lines = leaks
    .slice(0, longestList)
    .map(({ publisher, trackName, trackSid, at, forMs, levelDbfs, frequency }) => {
      const track = [trackName, trackSid].filter((part) => part !== '').join(' ');
      const tone = frequency === undefined ? '' : `, ${frequency} Hz`;
      return `  ${publisher} (${track}) at ${Math.round(at - start)} ms for ${forMs} ms, ${Math.round(levelDbfs)} dBFS${tone}`;
    });
  const more = leaks.length > longestList ? [`  and ${leaks.length - longestList} more`] : [];
  const totalMs = leaks.reduce((sum, { forMs }) => sum + forMs, 0);
  return [`it sounded for ${totalMs} ms in all:`, ...lines, ...more].join('\n');
}

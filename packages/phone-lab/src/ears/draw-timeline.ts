import { prominentTones } from '../tones/prominent-tones.js';
import type { Signature } from '../tones/signature.js';
import { EAR_SAMPLE_RATE, type Ear, type HeardRange, type HeardWindow } from './ear.js';

/** Whatever a telephone carries. */
export const anySound: Signature = { name: 'any sound', frequencies: [], band: [100, 3400] };

/** Widest picture, in columns. */
const widest = 60;

/** Tones that are shown without being asked for. */
const furtherTones = 4;

const windowMs = 100;

/** One character for each column: how much of it sounds. */
const [silent, partly, sounds] = ['·', '▒', '█'];

/**
 * Draws the heard audio as a few lines of text: a row for the signature, one for each other tone that sounds, one for what is no
 * tone, and the tracks that it came from.
 */
export function drawTimeline(ear: Ear, what: Signature, range: HeardRange): string {
  const pcm = ear.pcm(range);
  if (ear.tracks.length === 0) return 'it has heard no track at all';
  const own = new Set(what.frequencies);
  const others = prominentTones(pcm, EAR_SAMPLE_RATE, furtherTones + own.size)
    .filter((tone) => !isCovered(tone, what))
    .slice(0, furtherTones)
    .map((tone): Signature => ({ name: `${tone} Hz`, frequencies: [tone] }));
  const windows = ear.timeline([what, ...others], windowMs, range);
  const [first] = windows;
  if (!first) return `nothing was recorded in this range\n${tracksOf(ear, range.from ?? 0)}`;
  const perColumn = Math.max(1, Math.ceil(windows.length / widest));
  const rows = [
    row(what.name, windows, perColumn, (window) => window.heard.includes(what.name)),
    ...others.map(({ name }) => row(name, windows, perColumn, (window) => window.heard.includes(name))),
    row('no tone', windows, perColumn, (window) => window.other),
  ];
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(({ name, cells }) => `${name.padEnd(width)}  ${cells}`);
  const since = new Date(Math.round(first.at)).toISOString();
  const key = `from ${since}, ${(windows.length * windowMs) / 1000} s; one column is ${perColumn * windowMs} ms`;
  return [...lines, `${key} (${sounds} sounds, ${partly} in part, ${silent} not)`, tracksOf(ear, first.at)].join('\n');
}

function isCovered(tone: number, { frequencies, band }: Signature): boolean {
  const inBand = band !== undefined && tone >= band[0] && tone <= band[1];
  return inBand || frequencies.some((own) => Math.abs(own - tone) < 50);
}

function row(
  name: string,
  windows: readonly HeardWindow[],
  perColumn: number,
  isHeard: (window: HeardWindow) => boolean,
): { readonly name: string; readonly cells: string } {
  const cells: string[] = [];
  for (let i = 0; i < windows.length; i += perColumn) {
    const column = windows.slice(i, i + perColumn);
    const hits = column.filter(isHeard).length;
    cells.push(hits === 0 ? silent : hits === column.length ? sounds : partly);
  }
  return { name, cells: cells.join('') };
}

function tracksOf(ear: Ear, zero: number): string {
  const seconds = (at: number): string => `${((at - zero) / 1000).toFixed(1)} s`;
  const tracks = ear.tracks.map(
    ({ publisher, trackName, startsAt, endsAt }) =>
      `${publisher}${trackName === '' || trackName === publisher ? '' : ` (${trackName})`} from ${seconds(startsAt)} to ${seconds(endsAt)}`,
  );
  return `tracks: ${tracks.join(', ')}`;
}

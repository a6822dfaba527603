/** The shortest beep of a voicemail, in milliseconds. */
export const SHORTEST_MS = 120;
/** The longest beep, in milliseconds: longer tones are ringback, hold tones or data. */
const LONGEST_MS = 2000;
/** How long the line must be silent after a beep, in milliseconds: cadences of a fast busy tone continue sooner. */
const SILENCE_MS = 300;
/** Tones that follow each other this closely are one signal, in milliseconds: the three of "not in service". */
const SEQUENCE_WITHIN_MS = 100;
/** The largest change of the frequency within a beep, as a share. */
const DRIFT = 0.03;

/**
 * Signals of networks and faxes, by their frequencies in Hz. A beep at such a frequency must differ from the signal: an
 * announcement precedes it closely, it has a length that the signal does not have, and a longer silence follows.
 */
const SIGNALS = [
  { from: 400, to: 460, shortestMs: 360, ringsFromMs: 880, longestMs: 1_050 }, // Ringback, busy and call waiting tones.
  { from: 1060, to: 1140, shortestMs: 120, ringsFromMs: Infinity, longestMs: 2000 }, // A fax that calls.
];
type Signal = (typeof SIGNALS)[number];
const SIGNAL_SILENCE_MS = 600;
/** The silence after a beep as long as a European ringback tone, which repeats after 4 to 5 s. In milliseconds. */
const RING_SILENCE_MS = 5_200;
/** The longest time between an announcement and such a beep, in milliseconds. */
const ANNOUNCED_WITHIN_MS = 3_000;

export interface Tone {
  readonly hz: number;
  readonly from: number;
  readonly to: number;
  readonly power: number;
  /** When the last announcement before it was heard. */
  readonly announcedAt: number;
}

export const lengthOf = ({ from, to }: Tone): number => to - from;

export const isSameFrequency = (one: number, other: number): boolean => Math.abs(one / other - 1) < DRIFT;

const signalOf = (tone: Tone): Signal | undefined => SIGNALS.find(({ from, to }) => tone.hz >= from && tone.hz <= to);

/** Returns how long the line must be silent after a tone for it to be a beep, in milliseconds. */
export function silenceAfterMs(tone: Tone): number {
  const signal = signalOf(tone);
  if (signal === undefined) return SILENCE_MS;
  return lengthOf(tone) >= signal.ringsFromMs ? RING_SILENCE_MS : SIGNAL_SILENCE_MS;
}

/** Returns whether a tone that was followed by enough silence is a beep. `past`: the tones before it. */
export function isBeep(tone: Tone, past: readonly Tone[]): boolean {
  const signal = signalOf(tone);
  return isSingle(tone, past) && (signal === undefined || isAnnounced(tone, signal));
}

/** Returns whether a tone has the length of a beep, is the first of its frequency, and is not part of a sequence. */
function isSingle(tone: Tone, past: readonly Tone[]): boolean {
  return (
    lengthOf(tone) <= LONGEST_MS &&
    !past.some(({ hz }) => isSameFrequency(hz, tone.hz)) &&
    !past.some(({ to }) => tone.from - to <= SEQUENCE_WITHIN_MS)
  );
}

function isAnnounced(tone: Tone, { shortestMs, longestMs }: Signal): boolean {
  const hasLength = lengthOf(tone) >= shortestMs && lengthOf(tone) <= longestMs;
  return hasLength && tone.from - tone.announcedAt <= ANNOUNCED_WITHIN_MS;
}

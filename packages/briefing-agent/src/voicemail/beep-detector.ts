import { toneIn } from './tone-in.js';

const WINDOW_MS = 20;
/** The beep of a voicemail box is one tone of at least this length. */
const SHORTEST_MS = 120;
/** Longer ones are ringback, hold tones or data. */
const LONGEST_MS = 2000;
/** How long the line has to be silent after it: cadences of a fast busy tone go on sooner. */
const SILENCE_MS = 300;
/** The end of a tone may ring for so long. */
const RINGS_ON_MS = 60;
/** A tone that comes again within this time is a signal of the network: call waiting comes every 10 s. */
const ONCE_WITHIN_MS = 12_000;
/** Tones that follow each other so closely are one signal: the three of "not in service". */
const SEQUENCE_WITHIN_MS = 100;
/** Largest change of the frequency within a beep. */
const DRIFT = 0.03;
/** The line is silent when it has less of the tone's power than this: -15 dB. */
const SILENT_SHARE = 0.03;

/**
 * Frequencies in Hz at which networks and faxes signal, where a beep has to look less like that: an announcement came
 * just before it, it has a length that those signals do not have, and a longer silence follows.
 */
const SIGNALS = [
  { from: 400, to: 460, shortestMs: 360, ringsFromMs: 880, longestMs: 1_050 }, // Ringback, busy and call waiting tones.
  { from: 1060, to: 1140, shortestMs: 120, ringsFromMs: Infinity, longestMs: 2000 }, // A fax that calls.
];
type Signal = (typeof SIGNALS)[number];
const SIGNAL_SILENCE_MS = 600;
/** A beep as long as a European ringback tone, which comes again after 4 to 5 s, is followed by a longer silence yet. */
const RING_SILENCE_MS = 5_200;
const ANNOUNCED_WITHIN_MS = 3_000;
/** Shorter sounds are no announcement, nor are quieter ones: -40 dBFS, as a mean square. */
const ANNOUNCEMENT_MS = 200;
const QUIETEST_SOUND = 10 ** (-40 / 10);

interface Tone {
  readonly hz: number;
  readonly from: number;
  readonly to: number;
  readonly power: number;
  /** When the last announcement before it was heard. */
  readonly announcedAt: number;
}

/**
 * Hears the beep after which a voicemail box records: one tone that comes once and is followed by silence. Pure: time is
 * counted in samples.
 */
export class BeepDetector {
  readonly #sampleRate: number;
  readonly #size: number;
  #rest: Int16Array = new Int16Array(0);
  #now = 0;
  /** What sounds now, if it is a tone. */
  #tone: Tone | undefined;
  /** A tone that has ended; whether it was a beep is not known yet. */
  #ended: Tone | undefined;
  #quietMs = 0;
  readonly #past: Tone[] = [];
  #soundMs = 0;
  #announcedAt = -Infinity;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#size = Math.round((sampleRate * WINDOW_MS) / 1000);
  }

  /** Takes mono samples; true when a beep has ended in them, and the line has been silent since. */
  hear(samples: Int16Array): boolean {
    const all = new Int16Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    let isBeep = false;
    let from = 0;
    for (; from + this.#size <= all.length; from += this.#size) {
      isBeep = this.#step(all.subarray(from, from + this.#size)) || isBeep;
    }
    this.#rest = all.slice(from);
    return isBeep;
  }

  #step(window: Int16Array): boolean {
    const { power, tone: hz } = toneIn(window, this.#sampleRate);
    const from = this.#now;
    this.#now += WINDOW_MS;
    this.#follow(hz, power, from);
    this.#listenForSounds(hz, power);
    return this.#judge(power);
  }

  /** Keeps account of the tone that sounds, and of the one that has ended. */
  #follow(hz: number | undefined, power: number, from: number): void {
    const tone = this.#tone;
    if (tone !== undefined && hz !== undefined && isSame(tone.hz, hz)) {
      this.#tone = { ...tone, to: this.#now, power: Math.max(tone.power, power) };
      return;
    }
    if (tone !== undefined && lengthOf(tone) >= SHORTEST_MS) {
      this.#dismiss();
      this.#ended = tone;
      this.#quietMs = 0;
    }
    this.#tone = hz === undefined ? undefined : { hz, from, to: this.#now, power, announcedAt: this.#announcedAt };
  }

  /** Voices and other sounds that are no tone. */
  #listenForSounds(hz: number | undefined, power: number): void {
    const isSound = hz === undefined && power >= QUIETEST_SOUND;
    // Voices have pauses: those count against them by a quarter only.
    this.#soundMs = isSound ? this.#soundMs + WINDOW_MS : Math.max(0, this.#soundMs - WINDOW_MS / 4);
    if (isSound && this.#soundMs >= ANNOUNCEMENT_MS) this.#announcedAt = this.#now;
  }

  /** Whether the tone that has ended is a beep, once that is known. */
  #judge(power: number): boolean {
    const tone = this.#ended;
    if (tone === undefined) return false;
    if (power <= tone.power * SILENT_SHARE) this.#quietMs += WINDOW_MS;
    else if (this.#now - tone.to - this.#quietMs > RINGS_ON_MS) this.#dismiss();
    const signal = SIGNALS.find(({ from, to }) => tone.hz >= from && tone.hz <= to);
    if (this.#ended === undefined || this.#quietMs < silenceAfter(tone, signal)) return false;
    const isBeep = isBeepAfter(this.#past, tone) && (signal === undefined || isAnnounced(tone, signal));
    this.#dismiss();
    return isBeep;
  }

  #dismiss(): void {
    if (this.#ended !== undefined) this.#past.push(this.#ended);
    this.#ended = undefined;
    while ((this.#past[0]?.to ?? Infinity) < this.#now - ONCE_WITHIN_MS) this.#past.shift();
  }
}

const lengthOf = ({ from, to }: Tone): number => to - from;

const isSame = (one: number, other: number): boolean => Math.abs(one / other - 1) < DRIFT;

/** One tone of the right length, that did not sound before and is no part of a sequence. */
function isBeepAfter(past: readonly Tone[], tone: Tone): boolean {
  return (
    lengthOf(tone) <= LONGEST_MS &&
    !past.some(({ hz }) => isSame(hz, tone.hz)) &&
    !past.some(({ to }) => tone.from - to <= SEQUENCE_WITHIN_MS)
  );
}

/** How long the line has to be silent after a tone for it to be a beep. */
function silenceAfter(tone: Tone, signal: Signal | undefined): number {
  if (signal === undefined) return SILENCE_MS;
  return lengthOf(tone) >= signal.ringsFromMs ? RING_SILENCE_MS : SIGNAL_SILENCE_MS;
}

function isAnnounced(tone: Tone, { shortestMs, longestMs }: Signal): boolean {
  const isOfItsLength = lengthOf(tone) >= shortestMs && lengthOf(tone) <= longestMs;
  return isOfItsLength && tone.from - tone.announcedAt <= ANNOUNCED_WITHIN_MS;
}

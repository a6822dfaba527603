import { SampleWindows } from '../sample-windows.js';
import { isBeep, isSameFrequency, lengthOf, SHORTEST_MS, silenceAfterMs, type Tone } from './beep-rules.js';
import { findTone } from './find-tone.js';

const WINDOW_MS = 20;
/** How long the end of a tone may resonate, in milliseconds. */
const RESONANCE_MS = 60;
/** A tone that repeats within this time is a signal of the network, in milliseconds: call waiting repeats every 10 s. */
const ONCE_WITHIN_MS = 12_000;
/** The line is silent when it has less than this share of the tone's power: -15 dB. */
const SILENT_SHARE = 0.03;
/** The shortest announcement, in milliseconds, and the quietest one: -40 dBFS, as a mean square. */
const ANNOUNCEMENT_MS = 200;
const QUIETEST_SOUND = 10 ** (-40 / 10);

/**
 * Detects the beep after which a voicemail records: a single tone that is followed by silence. Pure: time is counted in
 * samples.
 */
export class BeepDetector {
  readonly #sampleRate: number;
  readonly #windows = new SampleWindows(WINDOW_MS);
  #now = 0;
  /** The current sound, if it is a tone. */
  #tone: Tone | undefined;
  /** A tone that has ended, and that may have been a beep. */
  #ended: Tone | undefined;
  #quietMs = 0;
  readonly #past: Tone[] = [];
  #soundMs = 0;
  #announcedAt = -Infinity;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** Receives mono samples. Returns true when a beep has ended in them, and the line has been silent since. */
  hear(samples: Int16Array): boolean {
    let hasBeep = false;
    for (const window of this.#windows.cut(samples, this.#sampleRate)) hasBeep = this.#step(window) || hasBeep;
    return hasBeep;
  }

  #step(window: Int16Array): boolean {
    const { power, tone: hz } = findTone(window, this.#sampleRate);
    const from = this.#now;
    this.#now += WINDOW_MS;
    this.#trackTone(hz, power, from);
    this.#trackAnnouncement(hz, power);
    return this.#decide(power);
  }

  /** Tracks the tone that sounds, and the one that has ended. */
  #trackTone(hz: number | undefined, power: number, from: number): void {
    const tone = this.#tone;
    if (tone !== undefined && hz !== undefined && isSameFrequency(tone.hz, hz)) {
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

  /** Tracks voices and other sounds that are not tones. */
  #trackAnnouncement(hz: number | undefined, power: number): void {
    const isSound = hz === undefined && power >= QUIETEST_SOUND;
    // Voices have pauses, which count by a quarter only.
    this.#soundMs = isSound ? this.#soundMs + WINDOW_MS : Math.max(0, this.#soundMs - WINDOW_MS / 4);
    if (isSound && this.#soundMs >= ANNOUNCEMENT_MS) this.#announcedAt = this.#now;
  }

  /** Returns whether the tone that has ended is a beep, once that is known. */
  #decide(power: number): boolean {
    const tone = this.#ended;
    if (tone === undefined) return false;
    if (power <= tone.power * SILENT_SHARE) this.#quietMs += WINDOW_MS;
    else if (this.#now - tone.to - this.#quietMs > RESONANCE_MS) this.#dismiss();
    if (this.#ended === undefined || this.#quietMs < silenceAfterMs(tone)) return false;
    const hasBeep = isBeep(tone, this.#past);
    this.#dismiss();
    return hasBeep;
  }

  #dismiss(): void {
    if (this.#ended !== undefined) this.#past.push(this.#ended);
    this.#ended = undefined;
    while ((this.#past[0]?.to ?? Infinity) < this.#now - ONCE_WITHIN_MS) this.#past.shift();
  }
}

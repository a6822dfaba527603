import { SilenceClock, type Speaker } from './silence-clock.js';

export interface PatienceLimits {
  readonly firstSpeechMs: number;
  readonly silenceMs: number;
}

export interface PatienceNews {
  /** Nobody has shown that they are there: time for one "hello?". Called once. */
  nudge(): void;
  /** It was too long. */
  over(limit: 'first-speech' | 'silence'): void;
}

/** How long the person is waited for: before they first said something, and after. Counted while neither speaks. */
export class Patience {
  readonly #limits: PatienceLimits;
  readonly #news: PatienceNews;
  readonly #clock: SilenceClock;
  #there = false;
  #nudged = false;

  constructor(limits: PatienceLimits, news: PatienceNews) {
    this.#limits = limits;
    this.#news = news;
    this.#clock = new SilenceClock(limits.firstSpeechMs, () => this.#strike());
  }

  start(): void {
    this.#clock.start();
  }

  speaking(who: Speaker, now: boolean): void {
    this.#clock.speaking(who, now);
  }

  /** Words or a key of the person. */
  sign(): void {
    if (!this.#there) this.#clock.setLimit(this.#limits.silenceMs);
    this.#there = true;
    this.#clock.sign();
  }

  close(): void {
    this.#clock.close();
  }

  #strike(): void {
    if (this.#there) this.#news.over('silence');
    else if (this.#nudged) this.#news.over('first-speech');
    else {
      this.#nudged = true;
      this.#clock.sign();
      this.#news.nudge();
    }
  }
}

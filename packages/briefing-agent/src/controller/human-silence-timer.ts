import { SilenceClock, type Speaker } from './silence-timer.js';

export interface PatienceLimits {
  /** Until a first word; then once more. */
  readonly firstSpeechMs: number;
  /** Until a question, when they were heard before. */
  readonly questionMs: number;
  /** Until the end, the time to the question included. */
  readonly silenceMs: number;
  /** Until the question, when they asked to wait. */
  readonly momentMs: number;
}

/** Who is waited for, and whether their silence has been asked about. */
export interface Waiting {
  readonly for: 'nobody-yet' | 'person' | 'person-who-asked-to-wait';
  readonly asked: boolean;
}

const notHeardYet: Waiting = Object.freeze({ for: 'nobody-yet', asked: false });

/** Somebody has shown that they are there. */
function afterSign(asksToWait: boolean): Waiting {
  return { for: asksToWait ? 'person-who-asked-to-wait' : 'person', asked: false };
}

/** How long the silence may last. Without time between question and end nothing is asked. */
function waitMs({ for: who, asked }: Waiting, limits: PatienceLimits): number {
  const { firstSpeechMs, questionMs, silenceMs, momentMs } = limits;
  if (who === 'nobody-yet') return firstSpeechMs;
  const untilEndMs = silenceMs - questionMs;
  if (asked) return untilEndMs;
  if (who === 'person-who-asked-to-wait') return momentMs;
  return untilEndMs > 0 ? questionMs : silenceMs;
}

/** It has lasted so long: asks, or ends it. */
function strike({ for: who, asked }: Waiting, { questionMs, silenceMs }: PatienceLimits): 'ask' | 'end' {
  const isAsked = who === 'nobody-yet' || questionMs < silenceMs;
  return asked || !isAsked ? 'end' : 'ask';
}

export interface PatienceNews {
  /** Time to ask whether they are there; `isKnown`: they have been heard before. */
  ask(isKnown: boolean): void;
  /** It was too long. */
  over(limit: 'first-speech' | 'silence'): void;
}

/** Waits for the person while neither side speaks, and asks once before it gives up. */
export class Patience {
  readonly #limits: PatienceLimits;
  readonly #news: PatienceNews;
  readonly #clock: SilenceClock;
  #waiting: Waiting = notHeardYet;

  constructor(limits: PatienceLimits, news: PatienceNews) {
    this.#limits = limits;
    this.#news = news;
    this.#clock = new SilenceClock(waitMs(notHeardYet, limits), () => this.#strike());
  }

  start(): void {
    this.#clock.start();
  }

  speaking(who: Speaker, now: boolean): void {
    this.#clock.speaking(who, now);
  }

  /** Words or a key of the person. */
  sign(asksToWait = false): void {
    this.#wait(afterSign(asksToWait));
  }

  close(): void {
    this.#clock.close();
  }

  #strike(): void {
    const waiting = this.#waiting;
    const isKnown = waiting.for !== 'nobody-yet';
    if (strike(waiting, this.#limits) === 'end') return this.#news.over(isKnown ? 'silence' : 'first-speech');
    this.#wait({ ...waiting, asked: true });
    this.#news.ask(isKnown);
  }

  #wait(waiting: Waiting): void {
    this.#waiting = waiting;
    this.#clock.setLimit(waitMs(waiting, this.#limits));
    this.#clock.sign();
  }
}

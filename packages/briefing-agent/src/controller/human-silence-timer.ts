import { SilenceTimer, type Speaker } from './silence-timer.js';

export interface HumanSilenceLimits {
  /** Time until a first word is prompted for; then the same again. */
  readonly firstSpeechMs: number;
  /** Time until the prompt, when the human agent was heard before. */
  readonly questionMs: number;
  /** Time until the end, the time to the prompt included. */
  readonly silenceMs: number;
  /** Time until the prompt, when the human agent asked for a moment. */
  readonly momentMs: number;
}

/** The human agent as far as they were heard, and whether they have been prompted since. */
interface HumanPresence {
  readonly human: 'unheard' | 'heard' | 'asked-for-moment';
  readonly isPrompted: boolean;
}

const unheard: HumanPresence = Object.freeze({ human: 'unheard', isPrompted: false });

function afterActivity(asksForMoment: boolean): HumanPresence {
  return { human: asksForMoment ? 'asked-for-moment' : 'heard', isPrompted: false };
}

/** Returns how long the silence may last. Without time between prompt and end there is no prompt. */
function allowedSilenceMs({ human, isPrompted }: HumanPresence, limits: HumanSilenceLimits): number {
  const { firstSpeechMs, questionMs, silenceMs, momentMs } = limits;
  if (human === 'unheard') return firstSpeechMs;
  const untilEndMs = silenceMs - questionMs;
  if (isPrompted) return untilEndMs;
  if (human === 'asked-for-moment') return momentMs;
  return untilEndMs > 0 ? questionMs : silenceMs;
}

/** Returns whether a silence of that length is prompted about, or ends the briefing. */
function afterSilence({ human, isPrompted }: HumanPresence, limits: HumanSilenceLimits): 'prompt' | 'end' {
  const hasPrompt = human === 'unheard' || limits.questionMs < limits.silenceMs;
  return isPrompted || !hasPrompt ? 'end' : 'prompt';
}

export interface HumanSilenceListener {
  /** Called when it is time to ask whether they are there. `isKnown`: they have been heard before. */
  onPresenceCheck(isKnown: boolean): void;
  /** Called when the silence exceeded its limit. */
  onSilence(limit: 'first-speech' | 'silence'): void;
}

/** Waits for the human agent while neither side speaks, and prompts once before the end. */
export class HumanSilenceTimer {
  readonly #limits: HumanSilenceLimits;
  readonly #listener: HumanSilenceListener;
  readonly #silence: SilenceTimer;
  #presence: HumanPresence = unheard;

  constructor(limits: HumanSilenceLimits, listener: HumanSilenceListener) {
    this.#limits = limits;
    this.#listener = listener;
    this.#silence = new SilenceTimer(allowedSilenceMs(unheard, limits), () => this.#onElapsed());
  }

  start(): void {
    this.#silence.start();
  }

  speaking(speaker: Speaker, now: boolean): void {
    this.#silence.speaking(speaker, now);
  }

  /** Notes words or a key of the human agent. */
  humanActivity(asksForMoment = false): void {
    this.#waitAfter(afterActivity(asksForMoment));
  }

  close(): void {
    this.#silence.close();
  }

  #onElapsed(): void {
    const presence = this.#presence;
    const isKnown = presence.human !== 'unheard';
    if (afterSilence(presence, this.#limits) === 'end')
      return this.#listener.onSilence(isKnown ? 'silence' : 'first-speech');
    this.#waitAfter({ ...presence, isPrompted: true });
    this.#listener.onPresenceCheck(isKnown);
  }

  #waitAfter(presence: HumanPresence): void {
    this.#presence = presence;
    this.#silence.setTimeoutMs(allowedSilenceMs(presence, this.#limits));
    this.#silence.humanActivity();
  }
}

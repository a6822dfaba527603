import { isRealtime } from '../briefing-models.js';
import type { CheckedOptions } from '../briefing-options.js';
import type { ConsultSession } from '../consult-session.js';
import type { GatedAgent, TurnTaker } from '../gated-agent.js';
import type { QuestionKind } from '../language/consent-phrases.js';
import { phraseFinder } from '../language/phrase-finder.js';
import { FirstWords } from './first-words.js';
import { writeHeadline } from './headline.js';
import { newOpening, type OpeningEffect, type OpeningEvent, type OpeningState } from './opening-state.js';
import { transition } from './transition.js';

/** What an opener needs of the briefing. */
export interface OpenerHost {
  line(): ConsultSession | undefined;
  /** The agent has to speak now. */
  owe(): void;
  broken(cause: unknown): void;
  /** A machine it is, by its own words. */
  machine(): void;
}

/** Opens one briefing: events go in, and what is said first comes out at its time. */
export class Opener {
  readonly #options: CheckedOptions;
  readonly #agent: GatedAgent;
  readonly #host: OpenerHost;
  readonly #first: FirstWords;
  /** The greeting waits for its time. A realtime model answers by itself, so it greets immediately. */
  readonly #waits: boolean;
  #state: OpeningState;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: CheckedOptions, agent: GatedAgent, host: OpenerHost) {
    const { language, limits, models } = options;
    this.#options = options;
    this.#agent = agent;
    this.#host = host;
    this.#first = new FirstWords(options);
    this.#waits = this.#first.hasHeadline && !isRealtime(models.llm);
    this.#state = newOpening({ speakAfterMs: limits.speakAfterMs, isVoicemail: phraseFinder(language.voicemail) });
    agent.onTurnOver = () => this.post({ type: 'turn-over' });
  }

  /**
   * Begins to write the headline. Returns what is to be called once the session has started: makes the speech.
   *
   * @param told the user's own text about the conversation, if it has one
   */
  write(told: Promise<string | undefined>, signal: AbortSignal): (line: ConsultSession) => void {
    const headline = this.#first.hasHeadline ? writeHeadline(this.#options, told, signal) : undefined;
    return ({ session }) => void this.#first.prepare(session, this.#agent, { headline, signal });
  }

  /** Without an opening the model has the conversation from the answer on. */
  answered(): void {
    if (!this.#waits) this.#handTurnsTo('model');
  }

  /** Answered, or begun anew: speaks when it is time to. */
  begin(line: ConsultSession): void {
    if (this.#waits) this.post({ type: 'begin' });
    else this.#sayFirst(line);
  }

  post(event: OpeningEvent): void {
    const { state, effects } = transition(this.#state, { ...event, at: performance.now() });
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  /** An utterance of the agent is over, which asked this as far as it was said. */
  agentSaid(question: QuestionKind): void {
    this.post({ type: 'agent-said', isQuestion: question !== 'other' });
  }

  #perform(effect: OpeningEffect): void {
    const line = this.#host.line();
    switch (effect.type) {
      case 'say':
        if (line === undefined) break;
        if (effect.what === 'headline') this.#sayFirst(line);
        else this.#askWhetherThere(line);
        break;
      case 'hand-turns-to':
        this.#handTurnsTo(effect.whom);
        break;
      case 'machine':
        this.#host.machine();
        break;
      case 'wait':
        clearTimeout(this.#timer);
        if (effect.forMs !== null) this.#timer = setTimeout(() => this.post({ type: 'waited' }), effect.forMs);
        break;
    }
  }

  #handTurnsTo(whom: TurnTaker): void {
    const hasTurns = !isRealtime(this.#options.models.llm);
    this.#agent.handTurnsTo(whom, hasTurns ? this.#host.line()?.session : undefined);
  }

  #sayFirst({ session }: ConsultSession): void {
    try {
      if (this.#first.say(session, this.#agent.heardEarly)) this.#host.owe();
    } catch (cause) {
      this.#host.broken(cause);
    }
  }

  #askWhetherThere(line: ConsultSession): void {
    const { sentences, limits } = this.#options;
    const hello = sentences.get('hello');
    if (hello !== null) void line.say(hello, { limitMs: limits.sayMs }, true);
  }
}

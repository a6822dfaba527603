import { llm } from '@livekit/agents';
import type { QuestionKind } from '../language/consent-phrases.js';
import { type RecordingKind, recordingReader, type WaitKind } from '../language/recording-reader.js';
import { isRealtime } from '../models/briefing-models.js';
import type { CheckedOptions } from '../options/parse-briefing-options.js';
import type { ConsultSession } from '../session/consult-session.js';
import type { GatedAgent, TurnTaker } from '../session/gated-agent.js';
import { writeHeadline } from './headline.js';
import { FirstWords } from './opening-speech.js';
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
  /** The keys are to be pressed that lead through a menu. */
  press(): void;
  /** A human agent is waited for behind a recording. */
  held(by: WaitKind): void;
  /** What was heard until now is no evidence of a person. */
  forget(): void;
  /** That wait is over; `isPerson`: because somebody has spoken to us. */
  resumed(isPerson: boolean): void;
  /** Nobody came in time. */
  gaveUp(): void;
}

/** Opens one briefing: events go in, and what is said first comes out at its time. */
export class Opener {
  /** The kind of a recording by its words; null for those of a person, as far as is known. */
  readonly recordingIn: (text: string) => RecordingKind | null;
  readonly #options: CheckedOptions;
  readonly #agent: GatedAgent;
  readonly #host: OpenerHost;
  readonly #first: FirstWords;
  /** The greeting waits for its time. */
  readonly #waits: boolean;
  #state: OpeningState;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: CheckedOptions, agent: GatedAgent, host: OpenerHost) {
    const { language, limits, machine } = options;
    this.#options = options;
    this.#agent = agent;
    this.#host = host;
    this.#first = new FirstWords(options);
    this.#waits = this.#first.hasHeadline;
    this.recordingIn = recordingReader(language, { hasKeys: typeof machine.onMachine === 'object' });
    const { speakAfterMs, screeningMs } = limits;
    // A realtime model has no words of its own hearing before it has found the end of a turn.
    const presumes = this.#first.canBeTakenBack && !isRealtime(options.models.llm);
    this.#state = newOpening({ speakAfterMs, screeningMs, recordingIn: this.recordingIn, presumes });
    agent.onTurnOver = () => this.post({ type: 'turn-over' });
    agent.onLineSound = (sound) => this.post({ type: 'line-sound', ...sound });
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

  /** A human agent is waited for behind a recording. */
  get isHeld(): boolean {
    return this.#state.phase === 'held';
  }

  /** Answered: speaks when it is time to. */
  begin(line: ConsultSession): void {
    if (this.#waits) this.post({ type: 'begin' });
    else this.#sayFirst(line);
  }

  post(event: OpeningEvent): void {
    const { state, effects } = transition(this.#state, { ...event, at: performance.now() });
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    // The words of a realtime model come when it has found the end of a turn; late ones break nothing off.
    const isLate = state.phase === 'telling' && !state.isAnswered;
    if (event.type === 'line-words' && isRealtime(this.#options.models.llm) && !isLate)
      this.post({ type: 'turn-over' });
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
        else this.#sayFixed(line, effect.what);
        break;
      case 'presume':
        if (line !== undefined) this.#presume(line);
        break;
      case 'take-back':
        line?.takeBack();
        this.#agent.listensWhileSpeaking = false;
        this.#host.forget();
        break;
      case 'keep':
        this.#keep(effect.words);
        break;
      case 'hand-turns-to':
        this.#handTurnsTo(effect.whom);
        break;
      case 'machine':
        this.#host.machine();
        break;
      case 'press':
        this.#host.press();
        break;
      case 'hold':
        this.#host.held(effect.by);
        break;
      case 'resume':
        this.#host.resumed(effect.isPerson);
        break;
      case 'give-up':
        this.#host.gaveUp();
        break;
      case 'wait':
        clearTimeout(this.#timer);
        if (effect.forMs !== null) this.#timer = setTimeout(() => this.post({ type: 'waited' }), effect.forMs);
        break;
    }
  }

  #handTurnsTo(whom: TurnTaker): void {
    const line = this.#host.line();
    const isItself = isRealtime(this.#options.models.llm);
    this.#agent.handTurnsTo(whom, isItself ? undefined : line?.session);
    // It answers by itself: what it says before its turn is cut off.
    if (isItself) line?.hush(whom !== 'model');
  }

  #presume({ session }: ConsultSession): void {
    this.#agent.listensWhileSpeaking = true;
    try {
      this.#first.presume(session);
      this.#host.owe();
    } catch (cause) {
      this.#host.broken(cause);
    }
  }

  #keep(words: string): void {
    this.#agent.listensWhileSpeaking = false;
    this.#first.keep();
    // The framework skips a turn that ends while nothing can interrupt the agent.
    if (words === '') return;
    const message = llm.ChatMessage.create({ role: 'user', content: words });
    this.#agent.know(message).catch((cause: unknown) => this.#host.broken(cause));
  }

  #sayFirst({ session }: ConsultSession): void {
    try {
      if (this.#first.say(session, this.#agent.heardEarly)) this.#host.owe();
    } catch (cause) {
      this.#host.broken(cause);
    }
  }

  #sayFixed(line: ConsultSession, name: 'hello' | 'screening'): void {
    const { sentences, limits } = this.#options;
    const sentence = sentences.get(name);
    if (sentence !== null) void line.say(sentence, { limitMs: limits.sayMs }, name === 'hello');
  }
}

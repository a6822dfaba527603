import { llm } from '@livekit/agents';
import type { QuestionKind } from '../language/consent-phrases.js';
import { type RecordingKind, recordingReader, type WaitKind } from '../language/recording-reader.js';
import { isRealtime } from '../models/briefing-models.js';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import type { ConsultSession } from '../session/consult-session.js';
import type { GatedAgent, TurnTaker } from '../session/gated-agent.js';
import { writeHeadline } from './headline.js';
import type { OpeningEffect, OpeningEvent } from './opening-event.js';
import { OpeningSpeech } from './opening-speech.js';
import { initialOpening, type OpeningState } from './opening-state.js';
import { transition } from './transition.js';

/** The parts of a briefing that an opener needs. */
export interface OpenerHost {
  session(): ConsultSession | undefined;
  /** Starts to wait for the agent to speak. */
  expectReply(): void;
  onBroken(cause: unknown): void;
  /** Called when the line turned out to be a voicemail, by its own words. */
  onVoicemail(): void;
  /** Sends the DTMF that leads through a menu. */
  sendDtmf(): void;
  /** Called when a wait begins. */
  onWaiting(by: WaitKind): void;
  /** Called at the end of a wait. `isPerson`: because a person has spoken to the agent. */
  onWaitOver(isPerson: boolean): void;
  /** Called when no human agent came in time. */
  onGivenUp(): void;
  /** Discards what was heard until now as evidence of a person. */
  forgetEvidence(): void;
}

/** Opens one briefing: receives the events of the line, and says the opening at the right time. */
export class Opener {
  /** Returns the kind of a recording by its words; null for those of a person, as far as is known. */
  readonly recordingIn: (text: string) => RecordingKind | null;
  readonly #options: ParsedOptions;
  readonly #agent: GatedAgent;
  readonly #host: OpenerHost;
  readonly #speech: OpeningSpeech;
  #state: OpeningState;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ParsedOptions, agent: GatedAgent, host: OpenerHost) {
    const { language, limits, voicemail } = options;
    this.#options = options;
    this.#agent = agent;
    this.#host = host;
    this.#speech = new OpeningSpeech(options);
    this.recordingIn = recordingReader(language, { hasKeys: typeof voicemail.onDetected === 'object' });
    const { speakAfterMs, screeningMs } = limits;
    // A realtime model reports no words before it has found the end of a turn.
    const startsEarly = this.#speech.isRetractable && !isRealtime(options.models.llm);
    this.#state = initialOpening({ speakAfterMs, screeningMs, recordingIn: this.recordingIn, startsEarly });
    agent.onTurnEnd = () => this.dispatch({ type: 'turn-ended' });
    agent.onLineSound = (sound) => this.dispatch({ type: 'line-sound', ...sound });
  }

  /**
   * Starts to write the headline. Returns a function that synthesizes the opening; call it once the session has started.
   *
   * @param written the user's own text about the conversation, if there is one
   */
  write(written: Promise<string | undefined>, signal: AbortSignal): (session: ConsultSession) => void {
    const headline = this.#speech.hasHeadline ? writeHeadline(this.#options, written, signal) : undefined;
    return ({ session }) => void this.#speech.prepare(session, this.#agent, { headline, signal });
  }

  /** Gives the model the turns from the answer on when there is no headline. */
  onAnswered(): void {
    if (!this.#speech.hasHeadline) this.#setTurnTaker('model');
  }

  /** Whether the opener waits for a human agent behind a recording. */
  get isWaiting(): boolean {
    return this.#state.phase === 'waiting';
  }

  /** Begins the opening. An opening without a headline is said immediately. */
  begin(session: ConsultSession): void {
    if (this.#speech.hasHeadline) this.dispatch({ type: 'begin' });
    else this.#sayOpening(session);
  }

  dispatch(event: OpeningEvent): void {
    const { state, effects } = transition(this.#state, { ...event, at: performance.now() });
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    // The words of a realtime model come when it has found the end of a turn; late ones interrupt nothing.
    const isLate = state.phase === 'telling' && !state.isAnswered;
    if (event.type === 'line-words' && isRealtime(this.#options.models.llm) && !isLate)
      this.dispatch({ type: 'turn-ended' });
  }

  /** Notes the question of an utterance of the agent, as far as it was said. */
  onAgentSaid(question: QuestionKind): void {
    this.dispatch({ type: 'agent-said', isQuestion: question !== 'other' });
  }

  #perform(effect: OpeningEffect): void {
    const session = this.#host.session();
    switch (effect.type) {
      case 'say':
        if (session === undefined) break;
        if (effect.what === 'headline') this.#sayOpening(session);
        else this.#sayFixed(session, effect.what);
        break;
      case 'presume':
        if (session !== undefined) this.#presume(session);
        break;
      case 'retract':
        session?.retract();
        this.#agent.listensWhileSpeaking = false;
        this.#host.forgetEvidence();
        break;
      case 'keep':
        this.#keep(effect.words);
        break;
      case 'set-turn-taker':
        this.#setTurnTaker(effect.turnTaker);
        break;
      case 'voicemail-detected':
        this.#host.onVoicemail();
        break;
      case 'send-dtmf':
        this.#host.sendDtmf();
        break;
      case 'wait-behind':
        this.#host.onWaiting(effect.by);
        break;
      case 'wait-over':
        this.#host.onWaitOver(effect.isPerson);
        break;
      case 'give-up':
        this.#host.onGivenUp();
        break;
      case 'set-timer':
        clearTimeout(this.#timer);
        if (effect.forMs !== null)
          this.#timer = setTimeout(() => this.dispatch({ type: 'timer-elapsed' }), effect.forMs);
        break;
    }
  }

  #setTurnTaker(turnTaker: TurnTaker): void {
    const session = this.#host.session();
    const isRealtimeModel = isRealtime(this.#options.models.llm);
    this.#agent.setTurnTaker(turnTaker, isRealtimeModel ? undefined : session?.session);
    // A realtime model answers by itself: replies before its turn are suppressed.
    if (isRealtimeModel) session?.suppressReplies(turnTaker !== 'model');
  }

  #presume({ session }: ConsultSession): void {
    this.#agent.listensWhileSpeaking = true;
    try {
      this.#speech.presume(session);
      this.#host.expectReply();
    } catch (cause) {
      this.#host.onBroken(cause);
    }
  }

  #keep(words: string): void {
    this.#agent.listensWhileSpeaking = false;
    this.#speech.keep();
    // The framework skips a turn that ends while the agent cannot be interrupted.
    if (words === '') return;
    const message = llm.ChatMessage.create({ role: 'user', content: words });
    this.#agent.addToContext(message).catch((cause: unknown) => this.#host.onBroken(cause));
  }

  #sayOpening({ session }: ConsultSession): void {
    try {
      if (this.#speech.say(session, this.#agent.heardEarly)) this.#host.expectReply();
    } catch (cause) {
      this.#host.onBroken(cause);
    }
  }

  #sayFixed(session: ConsultSession, name: 'areYouThere' | 'screening'): void {
    const { sentences, limits } = this.#options;
    const sentence = sentences.get(name);
    if (sentence !== null) void session.say(sentence, { timeoutMs: limits.sayMs }, name === 'areYouThere');
  }
}

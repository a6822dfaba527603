import type { BriefingEvent } from '../decision/briefing-event.js';
import type { BriefingResult } from '../decision/briefing-result.js';
import type { Decider } from '../decision/decider.js';
import type { BriefingSentenceName } from '../language/briefing-language.js';
import { isRealtime } from '../models/briefing-models.js';
import type { Opener } from '../opening/opener.js';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import type { ConsultSession } from '../session/consult-session.js';
import type { ConsultSessions } from '../session/consult-sessions.js';
import type { GatedAgent } from '../session/gated-agent.js';
import type { BriefingTimers } from './briefing-timers.js';
import { sayFallback } from './say-fallback.js';
import { type SpeechFailure, type SpeechState, withEnding, withFailure, withSpokenSentence } from './speech-state.js';

/** The parts of a briefing that decide what the agent says. */
export interface AgentSpeechParts {
  readonly agent: GatedAgent;
  readonly decider: Decider;
  readonly timers: BriefingTimers;
  readonly opener: Opener;
  readonly sessions: ConsultSessions;
  /** Aborted when the briefing is closed. */
  readonly signal: AbortSignal;
  readonly dispatch: (event: BriefingEvent) => void;
}

/** The agent's speech outside of the model's turns: its beginning, its prompts, the fallback, and its end. */
export class AgentSpeech {
  readonly #options: ParsedOptions;
  readonly #parts: AgentSpeechParts;
  #state: SpeechState = { phase: 'open' };

  constructor(options: ParsedOptions, parts: AgentSpeechParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** The failure of a model after which only keys count. */
  get failure(): SpeechFailure | undefined {
    return this.#state.failure;
  }

  get isEnding(): boolean {
    return this.#state.phase === 'ending' || this.#parts.decider.decision !== undefined;
  }

  /** Whether no model answers: only keys decide. */
  get isKeysOnly(): boolean {
    return this.failure !== undefined || this.#options.models.llm === null;
  }

  /** Starts the opening, unless the briefing ends or a model has failed. */
  begin(session: ConsultSession): void {
    if (this.isEnding || this.failure !== undefined) return;
    this.#parts.timers.awaitHuman();
    this.#parts.opener.begin(session);
  }

  /** Asks whether the human agent is there. `isKnown`: they have been heard before. */
  async promptHuman(isKnown: boolean): Promise<void> {
    const name = this.isKeysOnly ? 'keys' : isKnown ? 'stillThere' : 'areYouThere';
    const sentence = this.#options.sentences.get(name);
    if (sentence === null) return;
    this.#parts.timers.expectReply();
    await this.#session?.say(sentence, { timeoutMs: this.#options.limits.sayMs }, !this.isKeysOnly);
  }

  /** Ends the briefing after a silence. */
  onSilence(limit: 'first-speech' | 'silence'): void {
    if (this.failure !== undefined) {
      void this.endWith('timeUp', { type: 'broken', cause: this.failure.cause, limit: 'model' });
    } else if (limit === 'silence') void this.endWith('timeUp', { type: 'silence-limit', limit });
    else this.#parts.dispatch({ type: 'silence-limit', limit });
  }

  /** Says the sentence `fallback` after a model failed or was late. From then on only keys count. */
  fallBack(cause: unknown): void {
    const { decider, dispatch } = this.#parts;
    if (this.isEnding || this.#session === undefined) return;
    if (this.failure !== undefined)
      return void (decider.isAnswered && dispatch({ type: 'broken', cause, limit: 'model' }));
    this.#state = withFailure(this.#state, cause);
    dispatch({ type: 'models-failed' });
    if (decider.isAnswered) void this.sayFallback(this.#session, cause);
  }

  async sayFallback(old: ConsultSession, cause: unknown): Promise<void> {
    const { agent, decider, dispatch, sessions, signal, timers } = this.#parts;
    timers.pause();
    agent.forbidReplies();
    const isDecided = (): boolean => decider.decision !== undefined;
    const isSaid = await sayFallback(old, sessions, this.#options, { signal, isDecided });
    if (isSaid === false) dispatch({ type: 'broken', cause, limit: 'model' });
    if (!isDecided()) timers.awaitHuman();
  }

  /** Says a last sentence, then dispatches the event that decides. Keys still count until then. */
  async endWith(name: BriefingSentenceName, event: BriefingEvent): Promise<void> {
    if (!this.claimEnding()) return;
    const sentence = this.#options.sentences.get(name);
    const bounds = { timeoutMs: this.#options.limits.sayMs, signal: this.#parts.signal };
    if (sentence !== null && (await this.#session?.say(sentence, bounds)) === true)
      this.#state = withSpokenSentence(this.#state, name);
    this.#parts.dispatch(event);
  }

  /** Reserves the end of the briefing. Returns false when it ends already. */
  claimEnding(): boolean {
    if (this.isEnding) return false;
    this.#state = withEnding(this.#state);
    this.#stop();
    return true;
  }

  /** Stops the agent once the decision is made. Returns what the result has of its speech. */
  finish(): Pick<BriefingResult, 'spokenSentence' | 'modelFailure'> {
    const state = this.#state;
    const spokenSentence = state.phase === 'ending' ? state.spokenSentence : undefined;
    this.#stop();
    if (isRealtime(this.#options.models.llm)) this.#session?.listen(false);
    if (state.phase === 'ending' && spokenSentence === undefined) this.#session?.interrupt();
    const { failure } = state;
    return { ...(spokenSentence && { spokenSentence }), ...(failure && { modelFailure: failure.cause }) };
  }

  get #session(): ConsultSession | undefined {
    return this.#parts.sessions.current;
  }

  #stop(): void {
    const { agent, opener, timers } = this.#parts;
    opener.dispatch({ type: 'stop' });
    timers.stop();
    agent.forbidReplies();
    this.#session?.suppressReplies(true);
  }
}

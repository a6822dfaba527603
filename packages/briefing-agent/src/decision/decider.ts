import type { BriefingLanguage } from '../language/briefing-language.js';
import type { QuestionKind } from '../language/consent-phrases.js';
import { ConsentReader } from '../language/consent-reader.js';
import type { SecondOpinion } from '../options/second-opinion-option.js';
import type { BriefingEvent, ToolCall } from './briefing-event.js';
import type { BriefingDecision } from './briefing-result.js';
import { type BriefingState, type DecisionRules, initialBriefing, isAnswered } from './briefing-state.js';
import { refusalText } from './refusal.js';
import { askOpinion } from './second-opinion.js';
import type { BriefingEffect } from './step.js';
import { transition } from './transition.js';

export interface DeciderOptions extends Pick<DecisionRules, 'keys' | 'hasWords'> {
  readonly language: Pick<BriefingLanguage, 'name' | 'consent'>;
  readonly secondOpinion: SecondOpinion | undefined;
}

/** Decides one briefing: receives events, replies to the model's tool calls, and reports one decision. */
export class Decider {
  #state: BriefingState;
  readonly #options: DeciderOptions;
  readonly #reader: ConsentReader;
  readonly #onDecided: (decision: BriefingDecision) => void;
  /** Accepts of the model that wait for a reply. */
  #accepts: ((refusal: string | undefined) => void)[] = [];
  #callRefusal: string | undefined;
  #asking: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DeciderOptions, onDecided: (decision: BriefingDecision) => void) {
    const { keys, hasWords, secondOpinion, language } = options;
    this.#options = options;
    this.#onDecided = onDecided;
    this.#reader = new ConsentReader(language.consent);
    this.#state = initialBriefing({ keys, reader: this.#reader, hasWords, hasOpinion: secondOpinion !== undefined });
  }

  get isAnswered(): boolean {
    return isAnswered(this.#state);
  }

  get decision(): BriefingDecision | undefined {
    return this.#state.phase === 'decided' ? this.#state.decision : undefined;
  }

  /** The words of the line since the agent last spoke. */
  get lastWords(): string {
    return this.#state.phase === 'decided' ? '' : (this.#state.evidence.turn?.text ?? '');
  }

  dispatch(event: BriefingEvent): void {
    const { state, effects } = transition(this.#state, { ...event, at: performance.now() });
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  /** Notes the end of an utterance of the agent; `text` is the part that was said. Returns the kind of its question. */
  onAgentSaid(text: string): QuestionKind {
    const question = this.#reader.questionIn(text);
    this.dispatch({ type: 'agent-asked', question });
    return question;
  }

  /** Handles the model's call to connect. Resolves to the refusal when it may not. */
  accept(quote?: string): Promise<string | undefined> {
    const reply = new Promise<string | undefined>((resolve) => this.#accepts.push(resolve));
    this.dispatch({ type: 'accept-called', ...(quote === undefined ? {} : { quote }) });
    return reply;
  }

  /** Handles another tool call. Returns the refusal when it has no effect. */
  call(event: Exclude<ToolCall, { type: 'accept-called' }>): string | undefined {
    this.dispatch(event);
    return this.#callRefusal;
  }

  /** Returns the refusal that a tool call would get now, without making it. */
  refusalOf(event: Exclude<ToolCall, { type: 'accept-called' }>): string | undefined {
    const { effects } = transition(this.#state, { ...event, at: performance.now() });
    const reply = effects.find((effect) => effect.type === 'reply');
    return reply?.refusal && refusalText(reply.refusal);
  }

  #perform(effect: BriefingEffect): void {
    switch (effect.type) {
      case 'decided':
        this.#asking?.abort();
        clearTimeout(this.#timer);
        this.#onDecided(effect.decision);
        break;
      case 'reply': {
        const refusal = effect.refusal && refusalText(effect.refusal);
        if (effect.to === 'accept') this.#accepts.splice(0).forEach((resolve) => resolve(refusal));
        else this.#callRefusal = refusal;
        break;
      }
      case 'ask-opinion':
        void this.#ask(effect);
        break;
      case 'set-timer':
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.dispatch({ type: 'timer-elapsed' }), effect.forMs);
        break;
    }
  }

  async #ask({ request, words, question }: Extract<BriefingEffect, { type: 'ask-opinion' }>): Promise<void> {
    const { secondOpinion, language } = this.#options;
    if (secondOpinion === undefined) return;
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const opinion = await askOpinion(secondOpinion, { words, question, language: language.name, signal });
    if (!signal.aborted) this.dispatch({ type: 'opinion', request, opinion });
  }
}

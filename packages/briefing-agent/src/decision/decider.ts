import type { BriefingLanguage } from '../language/briefing-language.js';
import type { QuestionKind } from '../language/consent-phrases.js';
import { ConsentReader } from '../language/consent-reader.js';
import type { SecondOpinion } from '../options/second-opinion-option.js';
import type { BriefingEvent, ToolCall } from './briefing-event.js';
import type { BriefingDecision } from './briefing-result.js';
import { type BriefingState, type DecisionRules, isAnswered, newBriefing } from './briefing-state.js';
import { refusalText } from './refusal.js';
import { opinionFrom } from './second-opinion.js';
import type { BriefingEffect } from './step.js';
import { transition } from './transition.js';

export interface DeciderOptions extends Pick<DecisionRules, 'keys' | 'hasWords'> {
  readonly language: Pick<BriefingLanguage, 'name' | 'consent'>;
  readonly secondOpinion: SecondOpinion | undefined;
}

/** Brings one briefing to its decision: events go in, replies to the model's calls and one decision come out. */
export class Decider {
  #state: BriefingState;
  readonly #options: DeciderOptions;
  readonly #reader: ConsentReader;
  readonly #onDecided: (decision: BriefingDecision) => void;
  /** Accepts of the model that wait for a reply. */
  #accepts: ((refusal: string | undefined) => void)[] = [];
  #callRefusal: string | undefined;
  #asking: AbortController | undefined;
  #waiting: NodeJS.Timeout | undefined;

  constructor(options: DeciderOptions, onDecided: (decision: BriefingDecision) => void) {
    const { keys, hasWords, secondOpinion, language } = options;
    this.#options = options;
    this.#onDecided = onDecided;
    this.#reader = new ConsentReader(language.consent);
    this.#state = newBriefing({ keys, reader: this.#reader, hasWords, hasOpinion: secondOpinion !== undefined });
  }

  get isAnswered(): boolean {
    return isAnswered(this.#state);
  }

  get decision(): BriefingDecision | undefined {
    return this.#state.phase === 'decided' ? this.#state.decision : undefined;
  }

  /** What the line has said since we last spoke. */
  get lastWords(): string {
    return this.#state.phase === 'decided' ? '' : (this.#state.evidence.turn?.text ?? '');
  }

  post(event: BriefingEvent): void {
    const { state, effects } = transition(this.#state, { ...event, at: performance.now() });
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  /** An utterance of the agent is over; `text` is what of it was said. Returns what it asked. */
  agentSaid(text: string): QuestionKind {
    const question = this.#reader.questionIn(text);
    this.post({ type: 'agent-asked', question });
    return question;
  }

  /** The model connects; resolves with the reason when it may not. */
  accept(quote?: string): Promise<string | undefined> {
    const reply = new Promise<string | undefined>((resolve) => this.#accepts.push(resolve));
    this.post({ type: 'accept-called', ...(quote === undefined ? {} : { quote }) });
    return reply;
  }

  /** The model calls another tool; answers why that has no effect, if it has none. */
  call(event: Exclude<ToolCall, { type: 'accept-called' }>): string | undefined {
    this.post(event);
    return this.#callRefusal;
  }

  /** Why a call would have no effect now, if it would have none. */
  refusalOf(event: Exclude<ToolCall, { type: 'accept-called' }>): string | undefined {
    const { effects } = transition(this.#state, { ...event, at: performance.now() });
    const reply = effects.find((effect) => effect.type === 'reply');
    return reply?.refusal && refusalText(reply.refusal);
  }

  #perform(effect: BriefingEffect): void {
    switch (effect.type) {
      case 'decided':
        this.#asking?.abort();
        clearTimeout(this.#waiting);
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
      case 'wait':
        clearTimeout(this.#waiting);
        this.#waiting = setTimeout(() => this.post({ type: 'waited' }), effect.forMs);
        break;
    }
  }

  async #ask({ request, words, question }: Extract<BriefingEffect, { type: 'ask-opinion' }>): Promise<void> {
    const { secondOpinion, language } = this.#options;
    if (secondOpinion === undefined) return;
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const opinion = await opinionFrom(secondOpinion, { words, question, language: language.name, signal });
    if (!signal.aborted) this.post({ type: 'opinion', request, opinion });
  }
}

import type { QuestionKind } from '../language/consent-phrases.js';
import type { BriefingDecision } from './briefing-result.js';
import { type BriefingState, isAnswered } from './briefing-state.js';
import type { Refusal, RefusalKind } from './refusal.js';

/** What is to be done after an event. */
export type BriefingEffect =
  | { readonly type: 'decided'; readonly decision: BriefingDecision }
  /** Answers the accepts of the model that wait, or the other tool call of this event; without a refusal it had an effect. */
  | { readonly type: 'reply'; readonly to: 'accept' | 'call'; readonly refusal?: Refusal }
  /** Answered with an event `opinion`; earlier requests are of no use any more. */
  | { readonly type: 'ask-opinion'; readonly request: number; readonly words: string; readonly question: QuestionKind }
  /** Answered with an event `waited`; an earlier wait is over. */
  | { readonly type: 'wait'; readonly forMs: number };

export interface BriefingStep {
  readonly state: BriefingState;
  readonly effects: readonly BriefingEffect[];
}

export type Undecided = Exclude<BriefingState, { phase: 'decided' }>;

export const stay = (state: BriefingState): BriefingStep => ({ state, effects: [] });

export function decided(state: Undecided, decision: BriefingDecision): BriefingStep {
  return {
    state: { phase: 'decided', wasAnswered: isAnswered(state), decision },
    effects: [{ type: 'decided', decision }],
  };
}

export function refused(state: Undecided, to: 'accept' | 'call', kind: RefusalKind): BriefingStep {
  const words = state.evidence.turn?.text ?? '';
  return { state, effects: [{ type: 'reply', to, refusal: { kind, words, keys: state.rules.keys } }] };
}

/** Goes on from a step, and keeps its effects. */
export function goOn(step: BriefingStep, next: (state: Undecided) => BriefingStep): BriefingStep {
  if (step.state.phase === 'decided') return step;
  const { state, effects } = next(step.state);
  return { state, effects: [...step.effects, ...effects] };
}

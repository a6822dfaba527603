import type { QuestionKind } from '../language/consent-phrases.js';
import type { BriefingDecision } from './briefing-result.js';
import { type BriefingState, isAnswered } from './briefing-state.js';
import type { Refusal, RefusalKind } from './refusal.js';

/** An effect that follows an event. */
export type BriefingEffect =
  | { readonly type: 'decided'; readonly decision: BriefingDecision }
  /** Answers the pending accepts of the model, or the other tool call of this event. Without a refusal it had an effect. */
  | { readonly type: 'reply'; readonly to: 'accept' | 'call'; readonly refusal?: Refusal }
  /** Answered with an event `opinion`; replaces earlier requests. */
  | { readonly type: 'ask-opinion'; readonly request: number; readonly words: string; readonly question: QuestionKind }
  /** Answered with an event `timer-elapsed`; replaces an earlier timer. */
  | { readonly type: 'set-timer'; readonly forMs: number };

export interface BriefingStep {
  readonly state: BriefingState;
  readonly effects: readonly BriefingEffect[];
}

export type Undecided = Exclude<BriefingState, { phase: 'decided' }>;

/** Changes the phase to one that has no data of its own. */
export function toPhase({ rules, evidence }: Undecided, phase: 'briefing' | 'voicemail' | 'keys-only'): Undecided {
  return { phase, rules, evidence };
}

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

/** Continues from a step, and keeps its effects. */
export function andThen(step: BriefingStep, next: (state: Undecided) => BriefingStep): BriefingStep {
  if (step.state.phase === 'decided') return step;
  const { state, effects } = next(step.state);
  return { state, effects: [...step.effects, ...effects] };
}

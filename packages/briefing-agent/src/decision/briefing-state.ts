import type { ConsentReader } from '../language/consent-reader.js';
import type { Keys } from '../options/keys.js';
import type { BriefingDecision } from './briefing-result.js';
import { type Evidence, noEvidence } from './evidence.js';

/** What stays the same for a whole briefing. */
export interface DecisionRules {
  /** `null` for none. */
  readonly keys: Keys | null;
  readonly reader: Pick<ConsentReader, 'read'>;
  /** Someone can be asked for a second opinion. */
  readonly hasOpinion: boolean;
  /** What the person says is written down; without words no accept by voice counts. */
  readonly hasWords: boolean;
}

interface Undecided {
  readonly rules: DecisionRules;
  readonly evidence: Evidence;
}

/** A briefing on its way to a decision. */
export type BriefingState =
  /** Not answered yet, as far as is known here: keys of a call that is active count as soon as it is. */
  | (Undecided & { readonly phase: 'ringing'; readonly earlyKeys: readonly string[]; readonly keysOnly: boolean })
  | (Undecided & { readonly phase: 'briefing' })
  /** An accept by voice waits for a second opinion, or for words that are on their way. */
  | (Undecided & {
      readonly phase: 'weighing';
      readonly quote: string | undefined;
      readonly calledAt: number;
      /** The wait has begun again, once, because more was said meanwhile. */
      readonly hasWaited: boolean;
      /** What had been said when the wait began. */
      readonly text: string;
    })
  /** A machine was detected: it cannot accept by voice. */
  | (Undecided & { readonly phase: 'machine' })
  /** Only keys count: nothing that a model calls has an effect. */
  | (Undecided & { readonly phase: 'keys-only' })
  /** The first decision; later events do not change it. */
  | { readonly phase: 'decided'; readonly wasAnswered: boolean; readonly decision: BriefingDecision };

export function newBriefing(rules: DecisionRules): BriefingState {
  return { phase: 'ringing', rules, evidence: noEvidence, earlyKeys: [], keysOnly: false };
}

export const isAnswered = (state: BriefingState): boolean =>
  state.phase === 'decided' ? state.wasAnswered : state.phase !== 'ringing';

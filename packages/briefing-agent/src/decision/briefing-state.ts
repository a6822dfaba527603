import type { ConsentReader } from '../language/consent-reader.js';
import type { BriefingKeys } from '../options/keys.js';
import type { BriefingDecision } from './briefing-result.js';
import { type Evidence, noEvidence } from './evidence.js';

/** The rules that stay the same for a whole briefing. */
export interface DecisionRules {
  /** `null` for none. */
  readonly keys: BriefingKeys | null;
  readonly reader: Pick<ConsentReader, 'read'>;
  /** Whether a second opinion is available. */
  readonly hasOpinion: boolean;
  /** Whether the human agent's words are written down; without words no accept by voice counts. */
  readonly hasWords: boolean;
}

interface Undecided {
  readonly rules: DecisionRules;
  readonly evidence: Evidence;
}

/** A briefing on its way to a decision. */
export type BriefingState =
  /** Not reported as answered yet: keys of a call that is active count once it is. */
  | (Undecided & { readonly phase: 'ringing'; readonly earlyKeys: readonly string[]; readonly keysOnly: boolean })
  | (Undecided & { readonly phase: 'briefing' })
  /** An accept by voice waits for a second opinion or for pending words. */
  | (Undecided & {
      readonly phase: 'weighing';
      readonly quote: string | undefined;
      readonly calledAt: number;
      /** The wait was repeated, once, because more was said in the meantime. */
      readonly hasWaited: boolean;
      /** The words that had been said when the wait began. */
      readonly text: string;
    })
  /** A voicemail was detected: it cannot accept by voice. */
  | (Undecided & { readonly phase: 'voicemail' })
  /** Only keys count: no tool call of a model has an effect. */
  | (Undecided & { readonly phase: 'keys-only' })
  /** The first decision; later events do not change it. */
  | { readonly phase: 'decided'; readonly wasAnswered: boolean; readonly decision: BriefingDecision };

export function initialBriefing(rules: DecisionRules): BriefingState {
  return { phase: 'ringing', rules, evidence: noEvidence, earlyKeys: [], keysOnly: false };
}

export const isAnswered = (state: BriefingState): boolean =>
  state.phase === 'decided' ? state.wasAnswered : state.phase !== 'ringing';

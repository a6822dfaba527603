import type { AttemptEvent, AttemptReport } from '../attempt/attempt-event.js';
import type { NoTarget, TransferLimit } from '../types/ending.js';
import type { Plan, Setup } from '../types/plan.js';
import type { PolicyAction } from '../types/policy-action.js';

/** What can happen to a transfer as a whole. */
export type TransferHappening =
  | { readonly type: 'start'; readonly setup: Setup }
  | { readonly type: 'resolved'; readonly plan: Plan }
  /** There is nobody to call, and why. */
  | { readonly type: 'unresolved'; readonly ending: NoTarget }
  | { readonly type: 'next-stage-due' }
  /** What the policy says, in the order in which it is to be tried. */
  | { readonly type: 'decided'; readonly actions: readonly PolicyAction[] }
  | { readonly type: 'decision-failed'; readonly cause: unknown }
  | { readonly type: 'cold-transferred' }
  | { readonly type: 'cold-transfer-failed'; readonly cause: unknown }
  | { readonly type: 'caller-left' }
  /** It is we who are no longer in the caller's room. */
  | { readonly type: 'cut-off'; readonly cause: unknown }
  /** The caller wants the AI back. */
  | { readonly type: 'caller-canceled' }
  | { readonly type: 'caller-restored' }
  | { readonly type: 'caller-hung-up' }
  /** The call of a caller whom the AI can't take back was ended, or they had left before. */
  | { readonly type: 'caller-ended'; readonly fate: 'left' | 'hung-up' | 'cold-transferred' }
  /** What was being done with the caller failed; of several things under way, which. */
  | {
      readonly type: 'caller-failed';
      readonly while: 'holding' | 'restoring' | 'hanging-up' | 'ending';
      readonly cause: unknown;
    }
  | { readonly type: 'hold-failed'; readonly cause: unknown }
  | { readonly type: 'aborted'; readonly cause: unknown }
  /** The program asks to end a connected call. */
  | { readonly type: 'hang-up' }
  | { readonly type: 'limit-reached'; readonly limit: TransferLimit };

/** What happens to a transfer. Ports report it; nothing else moves the state. */
export type TransferEvent = TransferHappening | AttemptEvent;

/** What the table of a transfer answers: happenings of its own, and what its attempts make of theirs. */
export type TableEvent = TransferHappening | AttemptReport;

export type TableEventType = TableEvent['type'];
export type TableEventOf<E extends TableEventType> = Extract<TableEvent, { type: E }>;

import type { AttemptEvent, AttemptReport } from '../attempt/attempt-event.js';
import type { NoTarget, TransferLimit } from '../types/ending.js';
import type { Plan, Setup } from '../types/plan.js';
import type { PolicyAction } from '../types/policy-action.js';

/** The events of a transfer as a whole. */
export type TransferPortEvent =
  | { readonly type: 'start'; readonly setup: Setup }
  | { readonly type: 'resolved'; readonly plan: Plan }
  /** There is no target. */
  | { readonly type: 'unresolved'; readonly ending: NoTarget }
  | { readonly type: 'next-stage-due' }
  /** The actions of the policy, in order of preference. */
  | { readonly type: 'decided'; readonly actions: readonly PolicyAction[] }
  | { readonly type: 'decision-failed'; readonly cause: unknown }
  | { readonly type: 'cold-transferred' }
  | { readonly type: 'cold-transfer-failed'; readonly cause: unknown }
  | { readonly type: 'caller-left' }
  /** The agent was disconnected from the caller room. */
  | { readonly type: 'agent-disconnected'; readonly cause: unknown }
  /** The caller asks to return to the AI. */
  | { readonly type: 'caller-canceled' }
  | { readonly type: 'caller-restored' }
  | { readonly type: 'caller-hung-up' }
  /** The call of a caller who cannot be returned was ended, or the caller had left. */
  | { readonly type: 'caller-ended'; readonly disposition: 'left' | 'hung-up' | 'cold-transferred' }
  /** An operation on the caller failed; `while` names it. */
  | {
      readonly type: 'caller-failed';
      readonly while: 'holding' | 'restoring' | 'hanging-up' | 'ending';
      readonly cause: unknown;
    }
  | { readonly type: 'hold-failed'; readonly cause: unknown }
  | { readonly type: 'aborted'; readonly cause: unknown }
  /** The program ends a connected call. */
  | { readonly type: 'hang-up' }
  | { readonly type: 'limit-reached'; readonly limit: TransferLimit };

/** An event of a transfer, reported by the ports; nothing else changes the state. */
export type TransferEvent = TransferPortEvent | AttemptEvent;

/** An event of the transfer's table: those of the transfer, and the reports of its attempts. */
export type TableEvent = TransferPortEvent | AttemptReport;

export type TableEventType = TableEvent['type'];
export type TableEventOf<E extends TableEventType> = Extract<TableEvent, { type: E }>;

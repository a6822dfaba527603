import type { AttemptState } from '../attempt/attempt-state.js';
import type { AttemptFailure, CallEnd, CallerFate, Ending, NoTarget } from '../types/ending.js';
import type { Setup, Stage } from '../types/plan.js';
import type { PolicyAction } from '../types/policy-action.js';

/** What a transfer knows from its start until it is over. */
export interface Search {
  readonly setup: Setup;
  /** Attempts of which something is left, by their names. */
  readonly attempts: Readonly<Record<string, AttemptState>>;
  /** How many attempts there have been. */
  readonly tried: number;
  /** Targets that have been called; none is called twice. */
  readonly visited: readonly string[];
  /** Stages that have not begun. */
  readonly stages: readonly Stage[];
  readonly winner: 'answer' | 'accept';
  /** Whether the wait for the next stage runs. */
  readonly stageTimed: boolean;
  /** Whether caller and AI are apart. */
  readonly held: boolean;
  /** What a person said when declining, while other phones still rang. */
  readonly word?: AttemptFailure;
}

/** What a policy decides about. */
export type Decidable = AttemptFailure | NoTarget;

/**
 * Where a transfer stands. Each phase holds only what is known and needed in it.
 *
 * - `idle`: nothing has happened; nobody is on hold.
 * - `resolving`: whom to call is being found out; nobody is on hold.
 * - `seeking`: one phone or several are being called, their human agents briefed.
 * - `deciding`: nobody took the caller; the policy is being asked.
 * - `redirecting`: whom to call in another department is being found out.
 * - `cold-transferring`: the caller's phone is being asked to call somebody else.
 * - `merging`: a human agent accepted; audio between the rooms is being proven.
 * - `connected`: caller and human agent talk; the transfer has settled and watches over the call.
 * - `releasing`: it is over; the caller is being given back and every attempt closed.
 * - `ended`: nothing is left.
 */
export type TransferState =
  | { readonly phase: 'idle' }
  | (Search & { readonly phase: 'resolving' })
  | (Search & { readonly phase: 'seeking' })
  | (Search & { readonly phase: 'deciding'; readonly ending: Decidable })
  | (Search & { readonly phase: 'redirecting'; readonly ending: Decidable; readonly rest: readonly PolicyAction[] })
  | (Search & {
      readonly phase: 'cold-transferring';
      readonly ending: Decidable;
      readonly rest: readonly PolicyAction[];
      /** The caller has left the room: transferred, or hung up. */
      readonly callerGone: boolean;
    })
  | (Search & { readonly phase: 'merging'; readonly attemptId: string; readonly humanIdentity: string })
  | (Search & { readonly phase: 'connected'; readonly attemptId: string; readonly humanIdentity: string })
  | (Search & {
      readonly phase: 'releasing';
      readonly over: Ending | CallEnd;
      /** Whether caller and AI were apart until now. */
      readonly wasHeld: boolean;
      readonly caller: 'restoring' | 'hanging-up' | 'ending' | 'done';
      readonly fate: CallerFate;
    })
  | { readonly phase: 'ended'; readonly over: Ending | CallEnd; readonly fate: CallerFate };

export type Phase = TransferState['phase'];
export type StateOf<P extends Phase> = Extract<TransferState, { phase: P }>;
/** A phase in which the two are not connected yet, and in which the transfer can still be called off. */
export type OpenPhase = Exclude<Phase, 'idle' | 'connected' | 'releasing' | 'ended'>;

import type { AttemptState } from '../attempt/attempt-state.js';
import type { AttemptFailure, CallEnd, CallerDisposition, TransferFailure, NoTarget } from '../types/ending.js';
import type { Setup, Stage } from '../types/plan.js';
import type { PolicyAction } from '../types/policy-action.js';

/** The data of a transfer from its start until its end. */
export interface TransferData {
  readonly setup: Setup;
  /** Attempts that are not closed, by ID. */
  readonly attempts: Readonly<Record<string, AttemptState>>;
  /** Number of attempts so far. */
  readonly attemptCount: number;
  /** Targets that were called; none is called twice. */
  readonly calledTargets: readonly string[];
  /** Stages that have not started. */
  readonly stages: readonly Stage[];
  readonly winner: 'answer' | 'accept';
  /** Whether the wait for the next stage runs. */
  readonly stageTimerRunning: boolean;
  /** Whether the caller is on hold. */
  readonly callerOnHold: boolean;
  /** The decline of a human agent while other phones still ring. */
  readonly declinedWith?: AttemptFailure;
}

/** The failure about which a policy decides. */
export type PolicySubject = AttemptFailure | NoTarget;

/**
 * The state of a transfer. Each phase has only the data that it needs.
 * - `idle`: not started; the caller is not on hold.
 * - `resolving`: the targets are being resolved; the caller is not on hold.
 * - `attempting`: one or several phones are being called, and their human agents briefed.
 * - `deciding`: all attempts failed; the policy is being asked.
 * - `redirecting`: the targets of another department are being resolved.
 * - `cold-transferring`: the caller's phone is being asked to call another number.
 * - `merging`: a human agent accepted; audio between the rooms is being verified.
 * - `connected`: caller and human agent talk; the outcome is set, and the call is observed.
 * - `releasing`: the transfer has ended; the caller is being returned and every attempt closed.
 * - `ended`: everything is released.
 */
export type TransferState =
  | { readonly phase: 'idle' }
  | (TransferData & { readonly phase: 'resolving' })
  | (TransferData & { readonly phase: 'attempting' })
  | (TransferData & { readonly phase: 'deciding'; readonly ending: PolicySubject })
  | (TransferData & {
      readonly phase: 'redirecting';
      readonly ending: PolicySubject;
      readonly rest: readonly PolicyAction[];
    })
  | (TransferData & {
      readonly phase: 'cold-transferring';
      readonly ending: PolicySubject;
      readonly rest: readonly PolicyAction[];
      /** Whether the caller has left the room: transferred, or hung up. */
      readonly callerGone: boolean;
    })
  | (TransferData & { readonly phase: 'merging'; readonly attemptId: string; readonly humanIdentity: string })
  | (TransferData & { readonly phase: 'connected'; readonly attemptId: string; readonly humanIdentity: string })
  | (TransferData & {
      readonly phase: 'releasing';
      readonly over: TransferFailure | CallEnd;
      /** Whether the caller was on hold until now. */
      readonly wasOnHold: boolean;
      readonly caller: 'restoring' | 'hanging-up' | 'ending' | 'done';
      readonly disposition: CallerDisposition;
    })
  | { readonly phase: 'ended'; readonly over: TransferFailure | CallEnd; readonly disposition: CallerDisposition };

export type Phase = TransferState['phase'];
export type StateOf<P extends Phase> = Extract<TransferState, { phase: P }>;
/** A phase before the connection, in which the transfer can be canceled. */
export type OpenPhase = Exclude<Phase, 'idle' | 'connected' | 'releasing' | 'ended'>;

import type { WaitKind } from '@org/briefing-agent';
import type { AttemptState } from '../machine/attempt/attempt-state.js';
import { callerStateOf, humanAgentStateOf, type CallerState, type HumanAgentState } from '../machine/state/party-state.js';
import type { Phase, TransferState } from '../machine/state/state.js';

/** Where a transfer stands, as told to its user. While phones are being called: where the one stands that is furthest. */
export type TransferPhase = Exclude<Phase, 'seeking'> | 'opening' | 'dialing' | 'ringing' | 'briefing';

/** Where a transfer and its two parties stand; the states have the names of LiveKit's transfer guide. */
export interface TransferStatusNow {
  readonly phase: TransferPhase;
  readonly caller: CallerState;
  readonly humanAgent: HumanAgentState;
  /** The attempt that the phase is of; absent when it is of none. */
  readonly attemptId?: string;
}

/** A change of phase. */
export interface TransferPhaseEvent extends TransferStatusNow {
  readonly transferId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Something that puts calls through, or a call screening, is on the human agent's line instead of them; null: no longer. */
export interface TransferWaitEvent {
  readonly transferId: string;
  readonly attemptId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly waitingBehind: WaitKind | null;
}

export function statusOf(state: TransferState): TransferStatusNow {
  const [phase, attemptId] = phaseOf(state);
  return {
    phase,
    caller: callerStateOf(state),
    humanAgent: humanAgentStateOf(state),
    ...(attemptId === undefined ? {} : { attemptId }),
  };
}

function phaseOf(state: TransferState): [TransferPhase, attemptId?: string] {
  switch (state.phase) {
    case 'seeking':
      return furthest(state.attempts);
    case 'merging':
    case 'connected':
      return [state.phase, state.attemptId];
    case 'idle':
    case 'resolving':
    case 'deciding':
    case 'redirecting':
    case 'cold-transferring':
    case 'releasing':
    case 'ended':
      return [state.phase];
  }
}

const order = ['opening', 'dialing', 'ringing', 'briefing'] as const;

function furthest(attempts: Readonly<Record<string, AttemptState>>): [TransferPhase, attemptId?: string] {
  let best = -1;
  let leading: string | undefined;
  for (const [attemptId, attempt] of Object.entries(attempts)) {
    const phase = attempt.phase === 'dialing' && attempt.ringing ? 'ringing' : attempt.phase;
    const rank = order.findIndex((known) => known === phase);
    if (rank > best) [best, leading] = [rank, attemptId];
  }
  const phase = order[best] ?? 'opening';
  return leading === undefined ? [phase] : [phase, leading];
}

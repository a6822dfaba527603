import type { WaitKind } from '@org/briefing-agent';
import type { AttemptState } from '../machine/attempt/attempt-state.js';
import {
  getCallerState,
  getHumanAgentState,
  type CallerState,
  type HumanAgentState,
} from '../machine/state/party-state.js';
import type { Phase, TransferState } from '../machine/state/state.js';

/** The phase of a transfer; new ones may come. With several attempts, that of the furthest one. */
export type TransferPhase = Exclude<Phase, 'attempting'> | 'opening' | 'dialing' | 'ringing' | 'briefing';

/** The state of a transfer and its two parties; the states of the parties are those of LiveKit's transfer guide. */
export interface TransferSnapshot {
  readonly phase: TransferPhase;
  readonly caller: CallerState;
  readonly humanAgent: HumanAgentState;
  /** The attempt of the phase; absent if it has none. */
  readonly attemptId?: string;
}

/** A change of phase. */
export interface TransferPhaseEvent extends TransferSnapshot {
  readonly transferId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Emitted when a queue, a menu or a call screening is on the line before the human agent; null: no longer. */
export interface TransferWaitEvent {
  readonly transferId: string;
  readonly attemptId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly waitingBehind: WaitKind | null;
}

export function getStatus(state: TransferState): TransferSnapshot {
  const [phase, attemptId] = getPhase(state);
  return {
    phase,
    caller: getCallerState(state),
    humanAgent: getHumanAgentState(state),
    ...(attemptId === undefined ? {} : { attemptId }),
  };
}

function getPhase(state: TransferState): [TransferPhase, attemptId?: string] {
  switch (state.phase) {
    case 'attempting':
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

import type { CallEnd, Ending } from './ending.js';

/** How far giving back one of the two sides has come. */
type Release = 'pending' | 'done';

/**
 * Where a transfer stands. Each phase holds only what is known and needed in it.
 *
 * - `idle`: nothing has happened; nobody is on hold.
 * - `opening`: the caller is on hold, the consult room is being created.
 * - `dialing`: the human agent's phone is being called.
 * - `briefing`: the human agent answered and is being told what the call is about.
 * - `merging`: the human agent accepted; audio between the rooms is being proven.
 * - `connected`: caller and human agent talk; the transfer has settled and watches over the call.
 * - `releasing`: it is over; the caller is being given back and the consult room closed.
 * - `ended`: nothing is left.
 */
export type TransferState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'opening' }
  | { readonly phase: 'dialing'; readonly ringing: boolean }
  | { readonly phase: 'briefing'; readonly humanIdentity: string }
  | { readonly phase: 'merging'; readonly humanIdentity: string }
  | { readonly phase: 'connected'; readonly humanIdentity: string }
  | {
      readonly phase: 'releasing';
      readonly over: Ending | CallEnd;
      readonly caller: Release;
      readonly consult: Release;
    }
  | { readonly phase: 'ended'; readonly over: Ending | CallEnd };

export type Phase = TransferState['phase'];
export type StateOf<P extends Phase> = Extract<TransferState, { phase: P }>;

/** The caller, in the words of LiveKit's transfer guide. */
export type CallerState = 'active' | 'escalated' | 'inactive';
/** The human agent, in the words of LiveKit's transfer guide. */
export type HumanAgentState = 'inactive' | 'summarizing' | 'merged' | 'failed';

export function callerStateOf(state: TransferState): CallerState {
  switch (state.phase) {
    case 'idle':
      return 'active';
    case 'opening':
    case 'dialing':
    case 'briefing':
    case 'merging':
    case 'connected':
      return 'escalated';
    case 'releasing':
      if (state.caller === 'pending') return 'escalated';
      return callerIsGone(state.over) ? 'inactive' : 'active';
    case 'ended':
      return callerIsGone(state.over) ? 'inactive' : 'active';
  }
}

export function humanAgentStateOf(state: TransferState): HumanAgentState {
  switch (state.phase) {
    case 'idle':
    case 'opening':
    case 'dialing':
      return 'inactive';
    case 'briefing':
    case 'merging':
      return 'summarizing';
    case 'connected':
      return 'merged';
    case 'releasing':
    case 'ended':
      return state.over.kind === 'call-end' ? 'merged' : 'failed';
  }
}

function callerIsGone(over: Ending | CallEnd): boolean {
  return over.kind === 'call-end' ? over.caller !== 'returned' : over.status === 'caller-left';
}

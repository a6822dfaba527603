import type { CallerDisposition } from '../types/ending.js';
import type { TransferState } from './state.js';

/** The state of the caller, in the terms of LiveKit's transfer guide. */
export type CallerState = 'active' | 'escalated' | 'inactive';
/** The state of the human agent, in the terms of LiveKit's transfer guide. */
export type HumanAgentState = 'inactive' | 'summarizing' | 'merged' | 'failed';

export function getCallerState(state: TransferState): CallerState {
  switch (state.phase) {
    case 'idle':
      return 'active';
    case 'resolving':
    case 'attempting':
    case 'deciding':
    case 'redirecting':
    case 'cold-transferring':
    case 'merging':
    case 'connected':
      return state.callerOnHold ? 'escalated' : 'active';
    case 'releasing':
      if (state.caller === 'done') return toCallerState(state.disposition);
      return state.wasOnHold ? 'escalated' : 'active';
    case 'ended':
      return toCallerState(state.disposition);
  }
}

function toCallerState(disposition: CallerDisposition): CallerState {
  if (disposition === 'stranded') return 'escalated';
  return disposition === 'returned' ? 'active' : 'inactive';
}

/** Returns the state of the human agent, of several the furthest one. */
export function getHumanAgentState(state: TransferState): HumanAgentState {
  switch (state.phase) {
    case 'idle':
    case 'resolving':
      return 'inactive';
    case 'attempting':
    case 'redirecting':
      return Object.values(state.attempts).some(({ phase }) => phase === 'briefing') ? 'summarizing' : 'inactive';
    case 'merging':
      return 'summarizing';
    case 'connected':
      return 'merged';
    case 'deciding':
    case 'cold-transferring':
      return 'failed';
    case 'releasing':
    case 'ended':
      return state.over.kind === 'call-end' ? 'merged' : 'failed';
  }
}

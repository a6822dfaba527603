import type { CallerFate } from '../types/ending.js';
import type { TransferState } from './state.js';

/** The caller, in the words of LiveKit's transfer guide. */
export type CallerState = 'active' | 'escalated' | 'inactive';
/** The human agent, in the words of LiveKit's transfer guide. */
export type HumanAgentState = 'inactive' | 'summarizing' | 'merged' | 'failed';

export function callerStateOf(state: TransferState): CallerState {
  switch (state.phase) {
    case 'idle':
      return 'active';
    case 'resolving':
    case 'seeking':
    case 'deciding':
    case 'redirecting':
    case 'cold-transferring':
    case 'merging':
    case 'connected':
      return state.held ? 'escalated' : 'active';
    case 'releasing':
      if (state.caller === 'done') return ofFate(state.fate);
      return state.wasHeld ? 'escalated' : 'active';
    case 'ended':
      return ofFate(state.fate);
  }
}

function ofFate(fate: CallerFate): CallerState {
  if (fate === 'stranded') return 'escalated';
  return fate === 'returned' ? 'active' : 'inactive';
}

/** Of several human agents, the one who has come furthest. */
export function humanAgentStateOf(state: TransferState): HumanAgentState {
  switch (state.phase) {
    case 'idle':
    case 'resolving':
      return 'inactive';
    case 'seeking':
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

import type { Step } from '../state/transition-table.js';
import { release } from './release.js';
import type { TableEventOf } from '../state/event.js';
import type { OpenPhase, StateOf } from '../state/state.js';

/** The events that end a transfer in every phase before the connection. */
type CancelTable = {
  readonly [
    E in 'caller-left' | 'agent-disconnected' | 'caller-canceled' | 'aborted' | 'caller-failed' | 'hold-failed'
  ]: (state: StateOf<OpenPhase>, event: TableEventOf<E>) => Step;
};

export const cancel: CancelTable = {
  'caller-left': (state) =>
    release(state, { kind: 'ending', status: 'caller-left' }, { disposition: 'left', farewell: 'caller-left' }),
  'agent-disconnected': (state, { cause }) =>
    release(state, { kind: 'ending', status: 'aborted', cause }, { disposition: 'left', farewell: 'canceled' }),
  'caller-canceled': (state) => release(state, { kind: 'ending', status: 'caller-canceled' }, { farewell: 'canceled' }),
  aborted: (state, { cause }) => release(state, { kind: 'ending', status: 'aborted', cause }, { farewell: 'canceled' }),
  'caller-failed': (state, { cause }) =>
    release(state, { kind: 'ending', status: 'failed', cause }, { farewell: 'failed' }),
  'hold-failed': (state, { cause }) => ({ state, effects: [{ type: 'add-warning', cause }] }),
};

import type { Step } from '../state/transition-table.js';
import { release } from './release.js';
import type { TableEventOf } from '../state/event.js';
import type { OpenPhase, StateOf } from '../state/state.js';

/** What ends a transfer in every phase before the two are connected. */
type CallOff = {
  readonly [E in 'caller-left' | 'cut-off' | 'caller-canceled' | 'aborted' | 'caller-failed' | 'hold-failed']: (
    state: StateOf<OpenPhase>,
    event: TableEventOf<E>,
  ) => Step;
};

export const callOff: CallOff = {
  'caller-left': (state) =>
    release(state, { kind: 'ending', status: 'caller-left' }, { fate: 'left', farewell: 'caller-left' }),
  'cut-off': (state, { cause }) =>
    release(state, { kind: 'ending', status: 'aborted', cause }, { fate: 'left', farewell: 'canceled' }),
  'caller-canceled': (state) => release(state, { kind: 'ending', status: 'caller-canceled' }, { farewell: 'canceled' }),
  aborted: (state, { cause }) => release(state, { kind: 'ending', status: 'aborted', cause }, { farewell: 'canceled' }),
  'caller-failed': (state, { cause }) =>
    release(state, { kind: 'ending', status: 'failed', cause }, { farewell: 'failed' }),
  'hold-failed': (state, { cause }) => ({ state, effects: [{ type: 'note', cause }] }),
};

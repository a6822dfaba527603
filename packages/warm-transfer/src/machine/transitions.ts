import type { Effect, Farewell } from './effect.js';
import type { CallEnd, Ending } from './ending.js';
import type { StateOf } from './state.js';
import type { Step, TransitionTable } from './transition-table.js';

/** Ends a transfer that has not connected anybody. With the caller still there, they get the AI back first. */
function release(ending: Ending, farewell?: Farewell): Step {
  const callerGone = ending.status === 'caller-left';
  return {
    state: { phase: 'releasing', over: ending, caller: callerGone ? 'done' : 'pending', consult: 'pending' },
    effects: [
      { type: 'stop-hold' },
      // Also for a caller who is gone: whoever comes back finds the AI as it was.
      { type: 'restore-caller' },
      ...(callerGone ? ([{ type: 'settle', outcome: ending }] as const) : []),
      { type: 'set-limit', limit: callerGone ? 'closing' : 'releasing' },
      { type: 'close-consult', ...(farewell === undefined ? {} : { farewell }) },
    ],
  };
}

/** Ends the call of two people whom we connected. */
function endCall(over: CallEnd): Step {
  return {
    state: { phase: 'releasing', over, caller: over.caller === 'left' ? 'done' : 'pending', consult: 'pending' },
    effects: [
      { type: over.caller === 'hung-up' ? 'hang-up-caller' : 'restore-caller' },
      { type: 'close-consult' },
      { type: 'set-limit', limit: 'closing' },
    ],
  };
}

/** The caller has the AI back, or is gone: the outcome is out, the rest is cleaning up. */
function callerDone(state: StateOf<'releasing'>, effects: readonly Effect[] = []): Step {
  if (state.caller === 'done') return finishWhenReleased(state, effects);
  const settle: Effect[] =
    state.over.kind === 'ending'
      ? [
          { type: 'settle', outcome: state.over },
          { type: 'set-limit', limit: 'closing' },
        ]
      : [];
  return finishWhenReleased({ ...state, caller: 'done' }, [...effects, ...settle]);
}

function finishWhenReleased(state: StateOf<'releasing'>, effects: readonly Effect[]): Step {
  if (state.caller === 'pending' || state.consult === 'pending') return { state, effects };
  return {
    state: { phase: 'ended', over: state.over },
    effects: [...effects, { type: 'clear-limit' }, { type: 'finish', over: state.over }],
  };
}

/** Over before anybody was put on hold. */
function endAtOnce(over: Ending): Step {
  return {
    state: { phase: 'ended', over },
    effects: [
      { type: 'settle', outcome: over },
      { type: 'finish', over },
    ],
  };
}

const noted = (state: StateOf<'opening' | 'dialing' | 'briefing' | 'merging' | 'releasing'>, cause: unknown): Step => ({
  state,
  effects: [{ type: 'note', cause }],
});

const failed = (cause: unknown, farewell?: Farewell): Step =>
  release({ kind: 'ending', status: 'failed', cause }, farewell);
const aborted = (cause: unknown, farewell?: Farewell): Step =>
  release({ kind: 'ending', status: 'aborted', cause }, farewell);
const callerLeft = (farewell?: Farewell): Step => release({ kind: 'ending', status: 'caller-left' }, farewell);
const timedOut = (limit: 'opening' | 'dialing' | 'briefing' | 'merging', farewell?: Farewell): Step =>
  release({ kind: 'ending', status: 'timed-out', limit }, farewell);

export const transitions: TransitionTable = {
  idle: {
    start: () => ({
      state: { phase: 'opening' },
      effects: [
        { type: 'hold-caller' },
        { type: 'open-consult' },
        { type: 'play-hold' },
        { type: 'set-limit', limit: 'opening' },
      ],
    }),
    'caller-left': () => endAtOnce({ kind: 'ending', status: 'caller-left' }),
    aborted: (_, { cause }) => endAtOnce({ kind: 'ending', status: 'aborted', cause }),
  },

  opening: {
    'consult-opened': () => ({
      state: { phase: 'dialing', ringing: false },
      effects: [{ type: 'dial' }, { type: 'prepare' }, { type: 'set-limit', limit: 'dialing' }],
    }),
    'consult-failed': (_, { cause }) => failed(cause),
    'caller-failed': (_, { cause }) => failed(cause),
    'hold-failed': (state, { cause }) => noted(state, cause),
    'caller-left': () => callerLeft(),
    aborted: (_, { cause }) => aborted(cause),
    'limit-reached': () => timedOut('opening'),
  },

  dialing: {
    ringing: () => ({ state: { phase: 'dialing', ringing: true }, effects: [] }),
    answered: (_, { humanIdentity }) => ({
      state: { phase: 'briefing', humanIdentity },
      effects: [{ type: 'brief' }, { type: 'set-limit', limit: 'briefing' }],
    }),
    'dial-ended': (_, { ending }) => release(ending),
    'dial-failed': (_, { type: _type, ...facts }) => release({ kind: 'ending', status: 'failed', ...facts }),
    'briefing-failed': (_, { cause }) => failed(cause),
    'caller-failed': (_, { cause }) => failed(cause),
    'hold-failed': (state, { cause }) => noted(state, cause),
    'caller-left': () => callerLeft(),
    aborted: (_, { cause }) => aborted(cause),
    'limit-reached': () => timedOut('dialing'),
  },

  briefing: {
    accepted: ({ humanIdentity }) => ({
      state: { phase: 'merging', humanIdentity },
      effects: [{ type: 'merge' }, { type: 'set-limit', limit: 'merging' }],
    }),
    declined: (_, { type: _type, ...word }) => release({ kind: 'ending', status: 'declined', ...word }, 'declined'),
    voicemail: () => release({ kind: 'ending', status: 'voicemail' }),
    silent: () => release({ kind: 'ending', status: 'silent' }, 'time-over'),
    'briefing-failed': (_, { cause }) => failed(cause, 'failed'),
    'human-left': (_, { how }) => release({ kind: 'ending', status: 'human-left', how }),
    'caller-failed': (_, { cause }) => failed(cause, 'failed'),
    'hold-failed': (state, { cause }) => noted(state, cause),
    'caller-left': () => callerLeft('caller-left'),
    aborted: (_, { cause }) => aborted(cause, 'canceled'),
    'limit-reached': () => timedOut('briefing', 'time-over'),
  },

  merging: {
    merged: ({ humanIdentity }) => ({
      state: { phase: 'connected', humanIdentity },
      effects: [
        { type: 'stop-hold' },
        { type: 'end-briefing' },
        { type: 'clear-limit' },
        { type: 'settle', outcome: { kind: 'connected', humanIdentity } },
      ],
    }),
    'merge-failed': (_, { cause }) => release({ kind: 'ending', status: 'merge-failed', cause }, 'merge-failed'),
    'human-left': (_, { how }) => release({ kind: 'ending', status: 'human-left', how }),
    'hold-failed': (state, { cause }) => noted(state, cause),
    'caller-left': () => callerLeft('caller-left'),
    aborted: (_, { cause }) => aborted(cause, 'canceled'),
    'limit-reached': () => timedOut('merging', 'merge-failed'),
  },

  connected: {
    'caller-left': () => endCall({ kind: 'call-end', by: 'caller', caller: 'left' }),
    'human-left': (_, { how }) =>
      how === 'hung-up'
        ? endCall({ kind: 'call-end', by: 'human', caller: 'hung-up' })
        : endCall({ kind: 'call-end', by: 'line', caller: 'returned' }),
    'merge-lost': (_, { cause }) => endCall({ kind: 'call-end', by: 'line', caller: 'returned', cause }),
    'hang-up': () => endCall({ kind: 'call-end', by: 'program', caller: 'hung-up' }),
  },

  releasing: {
    'caller-restored': (state) => callerDone(state),
    'caller-hung-up': (state) => callerDone(state),
    'caller-left': (state) => callerDone(state),
    'caller-failed': (state, { cause }) => callerDone(state, [{ type: 'note', cause }]),
    'hold-failed': (state, { cause }) => noted(state, cause),
    'consult-closed': (state) => finishWhenReleased({ ...state, consult: 'done' }, []),
    'limit-reached': (state, { limit }) => {
      const note: Effect = { type: 'note', cause: new Error(`the ${limit} limit was reached`) };
      const consult = limit === 'closing' ? 'done' : state.consult;
      return callerDone({ ...state, consult }, [note]);
    },
  },

  ended: {},
};

import type { AttemptFailure } from '../ending.js';
import { type AttemptStep, type AttemptTable, stopAttempt } from './attempt-step.js';
import type { AttemptState } from './attempt-state.js';
import type { Farewell } from '../effect.js';

/** It failed by itself: all of it is released, and the transfer is told. */
function over(state: AttemptState, ending: AttemptFailure, farewell?: Farewell): AttemptStep {
  return { ...stopAttempt(state, ending, farewell), report: { type: 'attempt-over', ending } };
}

const failed = (state: AttemptState, cause: unknown, farewell?: Farewell): AttemptStep =>
  over(state, { kind: 'ending', status: 'failed', cause }, farewell);

/** After the two were connected, and then were not: what becomes of the caller is for the transfer to say. */
function lost(state: AttemptState, how: 'hung-up' | 'lost', cause?: unknown): AttemptStep {
  const stopped = stopAttempt(state, { kind: 'ending', status: 'human-left', how });
  return { ...stopped, report: { type: 'attempt-lost', how, ...(cause === undefined ? {} : { cause }) } };
}

export const attemptTransitions: AttemptTable = {
  opening: {
    'consult-opened': ({ target }) => ({
      state: { target, phase: 'dialing', ringing: false },
      effects: [{ type: 'dial' }, { type: 'prepare' }, { type: 'set-attempt-limit', limit: 'dialing' }],
    }),
    'consult-failed': (state, { cause }) => failed(state, cause),
    'attempt-limit-reached': (state, { limit }) => over(state, { kind: 'ending', status: 'timed-out', limit }),
  },

  dialing: {
    ringing: ({ target }) => ({ state: { target, phase: 'dialing', ringing: true }, effects: [] }),
    answered: ({ target }, { humanIdentity }) => ({
      state: { target, phase: 'briefing', humanIdentity },
      effects: [{ type: 'brief' }, { type: 'set-attempt-limit', limit: 'briefing' }],
      report: { type: 'attempt-answered' },
    }),
    'dial-ended': (state, { ending }) => over(state, ending),
    'dial-failed': (state, { type: _type, ...facts }) => over(state, { kind: 'ending', status: 'failed', ...facts }),
    'briefing-failed': (state, { cause }) => failed(state, cause, 'failed'),
    'attempt-limit-reached': (state, { limit }) => over(state, { kind: 'ending', status: 'timed-out', limit }),
  },

  briefing: {
    accepted: ({ target, humanIdentity }) => ({
      state: { target, phase: 'accepted', humanIdentity },
      effects: [{ type: 'clear-attempt-limit' }],
      report: { type: 'attempt-accepted', humanIdentity },
    }),
    declined: (state, { type: _type, ...word }) =>
      over(state, { kind: 'ending', status: 'declined', ...word }, 'declined'),
    voicemail: ({ target, humanIdentity }) => ({
      state: { target, phase: 'machine', humanIdentity },
      effects: [{ type: 'clear-attempt-limit' }],
      report: { type: 'attempt-over', ending: { kind: 'ending', status: 'voicemail' } },
    }),
    silent: (state) => over(state, { kind: 'ending', status: 'silent' }, 'time-over'),
    'briefing-failed': (state, { cause }) => failed(state, cause, 'failed'),
    'human-left': (state, { how }) => over(state, { kind: 'ending', status: 'human-left', how }),
    'attempt-limit-reached': (state, { limit }) =>
      over(state, { kind: 'ending', status: 'timed-out', limit }, 'time-over'),
  },

  machine: {
    'human-left': (state) => stopAttempt(state, { kind: 'ending', status: 'voicemail' }),
  },

  accepted: {
    merged: ({ target, humanIdentity }) => ({
      state: { target, phase: 'merged', humanIdentity },
      effects: [{ type: 'end-briefing' }],
      report: { type: 'attempt-merged', humanIdentity },
    }),
    'merge-failed': (state, { cause }) =>
      over(state, { kind: 'ending', status: 'merge-failed', cause }, 'merge-failed'),
    // What joined the two may break before it is known here that it stood.
    'merge-lost': (state, { cause }) => over(state, { kind: 'ending', status: 'merge-failed', cause }, 'merge-failed'),
    'human-left': (state, { how }) => over(state, { kind: 'ending', status: 'human-left', how }),
  },

  merged: {
    'human-left': (state, { how }) => lost(state, how),
    'merge-lost': (state, { cause }) => lost(state, 'lost', cause),
  },

  closing: {
    'consult-closed': ({ target, ending }) => ({
      state: { target, phase: 'closed', ending },
      effects: [{ type: 'clear-attempt-limit' }],
      report: { type: 'attempt-closed' },
    }),
    'attempt-limit-reached': ({ target, ending }, { limit }) => ({
      state: { target, phase: 'closed', ending },
      effects: [{ type: 'note', cause: new Error(`the ${limit} limit of an attempt was reached`) }],
      report: { type: 'attempt-closed' },
    }),
  },

  closed: {},
};

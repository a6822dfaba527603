import type { Farewell } from '../types/effect.js';
import type { AttemptFailure } from '../types/ending.js';
import type { AttemptState, AttemptStateOf } from './attempt-state.js';
import { type AttemptStep, type AttemptTable, stopAttempt } from './attempt-step.js';

/** Ends a failed attempt: releases its resources, and reports to the transfer. */
function over(attemptId: string, state: AttemptState, ending: AttemptFailure, farewell?: Farewell): AttemptStep {
  const { state: closing, effects } = stopAttempt(attemptId, state, ending, farewell);
  return { state: closing, effects, report: { type: 'attempt-over', attemptId, ending } };
}

const failed = (attemptId: string, state: AttemptState, cause: unknown, farewell?: Farewell): AttemptStep =>
  over(attemptId, state, { kind: 'ending', status: 'failed', cause }, farewell);

/**
 * Ends a failed dial. The network may have rejected the caller ID, and not the call: one that never rang may be placed
 * once more without it.
 */
function notReached(
  attemptId: string,
  state: AttemptStateOf<'dialing'>,
  ending: AttemptFailure,
  callerIdRefused: boolean | undefined,
): AttemptStep {
  const step = over(attemptId, state, ending);
  const again = callerIdRefused === true && !state.ringing && state.callerId === undefined;
  return again ? { ...step, report: { type: 'attempt-over', attemptId, ending, redialAs: 'trunk' } } : step;
}

/** Ends a connected attempt that was lost; the transfer decides about the caller. */
function lost(attemptId: string, state: AttemptState, how: 'hung-up' | 'lost', cause?: unknown): AttemptStep {
  const { state: closing, effects } = stopAttempt(attemptId, state, {
    kind: 'ending',
    status: 'human-disconnected',
    how,
  });
  const why = cause === undefined ? {} : { cause };
  return { state: closing, effects, report: { type: 'attempt-lost', attemptId, how, ...why } };
}

export const attemptTransitions: AttemptTable = {
  opening: {
    'consult-opened': (state, { attemptId }) => ({
      state: { ...state, phase: 'dialing', ringing: false },
      effects: [
        { type: 'dial', attemptId },
        { type: 'prepare', attemptId },
        { type: 'set-attempt-limit', attemptId, limit: 'dialing' },
      ],
    }),
    'consult-failed': (state, { attemptId, cause }) => failed(attemptId, state, cause),
    'attempt-limit-reached': (state, { attemptId, limit }) =>
      over(attemptId, state, { kind: 'ending', status: 'timed-out', limit }),
  },

  dialing: {
    ringing: (state) => ({ state: { ...state, ringing: true }, effects: [] }),
    answered: ({ target }, { attemptId, humanIdentity }) => ({
      state: { target, phase: 'briefing', humanIdentity },
      effects: [
        { type: 'brief', attemptId },
        { type: 'set-attempt-limit', attemptId, limit: 'briefing' },
      ],
      report: { type: 'attempt-answered', attemptId },
    }),
    'dial-ended': (state, { attemptId, ending, callerIdRefused }) =>
      notReached(attemptId, state, ending, callerIdRefused),
    'dial-failed': (state, { type: _type, attemptId, callerIdRefused, ...facts }) =>
      notReached(attemptId, state, { kind: 'ending', status: 'failed', ...facts }, callerIdRefused),
    'briefing-failed': (state, { attemptId, cause }) => failed(attemptId, state, cause, 'failed'),
    'attempt-limit-reached': (state, { attemptId, limit }) =>
      over(attemptId, state, { kind: 'ending', status: 'timed-out', limit }),
  },

  briefing: {
    accepted: ({ target, humanIdentity }, { attemptId, by }) => ({
      state: { target, phase: 'accepted', humanIdentity },
      effects: [{ type: 'clear-attempt-limit', attemptId }],
      report: { type: 'attempt-accepted', attemptId, humanIdentity, by },
    }),
    declined: (state, { type: _type, attemptId, ...declinedWith }) =>
      over(attemptId, state, { kind: 'ending', status: 'declined', ...declinedWith }, 'declined'),
    voicemail: ({ target, humanIdentity }, { attemptId }) => ({
      state: { target, phase: 'voicemail', humanIdentity },
      effects: [{ type: 'clear-attempt-limit', attemptId }],
      report: { type: 'attempt-over', attemptId, ending: { kind: 'ending', status: 'voicemail' } },
    }),
    'no-speech': (state, { attemptId }) => over(attemptId, state, { kind: 'ending', status: 'no-speech' }, 'time-up'),
    'briefing-failed': (state, { attemptId, cause }) => failed(attemptId, state, cause, 'failed'),
    'human-disconnected': (state, { attemptId, how }) =>
      over(attemptId, state, { kind: 'ending', status: 'human-disconnected', how }),
    'attempt-limit-reached': (state, { attemptId, limit }) =>
      over(attemptId, state, { kind: 'ending', status: 'timed-out', limit }, 'time-up'),
  },

  voicemail: {
    'human-disconnected': (state, { attemptId }) =>
      stopAttempt(attemptId, state, { kind: 'ending', status: 'voicemail' }),
  },

  accepted: {
    merged: ({ target, humanIdentity }, { attemptId }) => ({
      state: { target, phase: 'merged', humanIdentity },
      effects: [{ type: 'end-briefing', attemptId }],
      report: { type: 'attempt-merged', attemptId, humanIdentity },
    }),
    'merge-failed': (state, { attemptId, cause }) =>
      over(attemptId, state, { kind: 'ending', status: 'merge-failed', cause }, 'merge-failed'),
    // Publishing the tracks of the merge, which began in the briefing, failed.
    'briefing-failed': (state, { attemptId, cause }) =>
      over(attemptId, state, { kind: 'ending', status: 'merge-failed', cause }, 'merge-failed'),
    // The merge may be lost before its success is reported here.
    'merge-lost': (state, { attemptId, cause }) =>
      over(attemptId, state, { kind: 'ending', status: 'merge-failed', cause }, 'merge-failed'),
    'human-disconnected': (state, { attemptId, how }) =>
      over(attemptId, state, { kind: 'ending', status: 'human-disconnected', how }),
  },

  merged: {
    'human-disconnected': (state, { attemptId, how }) => lost(attemptId, state, how),
    'merge-lost': (state, { attemptId, cause }) => lost(attemptId, state, 'lost', cause),
    // The briefing has ended: its later errors do not end the call.
    'briefing-failed': (state, { attemptId, cause }) => ({
      state,
      effects: [{ type: 'add-warning', attemptId, cause }],
    }),
  },

  closing: {
    'consult-closed': ({ target, ending }, { attemptId }) => ({
      state: { target, phase: 'closed', ending },
      effects: [{ type: 'clear-attempt-limit', attemptId }],
      report: { type: 'attempt-closed', attemptId },
    }),
    'attempt-limit-reached': ({ target, ending }, { attemptId, limit }) => ({
      state: { target, phase: 'closed', ending },
      effects: [{ type: 'add-warning', attemptId, cause: new Error(`the ${limit} limit of an attempt was reached`) }],
      report: { type: 'attempt-closed', attemptId },
    }),
  },

  closed: {},
};

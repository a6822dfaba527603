import type { AttemptPortEventType } from '../../../src/machine/attempt/attempt-event.js';
import type { AttemptPhase } from '../../../src/machine/attempt/attempt-state.js';
import type { TableEventType } from '../../../src/machine/state/event.js';
import type { Phase } from '../../../src/machine/state/state.js';

type Moves<P extends string, E extends string> = Readonly<Record<P, Readonly<Partial<Record<E, readonly P[]>>>>>;

const over = ['releasing', 'ended'] as const;
const calledOff = {
  'caller-left': over,
  'agent-disconnected': over,
  'caller-canceled': over,
  aborted: over,
  'caller-failed': over,
} as const;
const acted = ['attempting', 'redirecting', 'cold-transferring', ...over] as const;

/** Where a transfer stands after an event, determined independently of its tables. Events not named here change no phase. */
export const transferMoves: Moves<Phase, TableEventType> = {
  idle: { start: ['resolving'], 'caller-left': ['ended'], 'agent-disconnected': ['ended'], aborted: ['releasing'] },
  resolving: {
    ...calledOff,
    resolved: ['attempting', 'deciding'],
    unresolved: ['deciding'],
    'limit-reached': ['deciding', ...over],
  },
  attempting: {
    ...calledOff,
    'attempt-accepted': ['merging'],
    'attempt-over': ['attempting', 'deciding'],
    'limit-reached': over,
  },
  deciding: { ...calledOff, decided: acted, 'decision-failed': over, 'limit-reached': over },
  redirecting: { ...calledOff, resolved: acted, unresolved: acted, 'limit-reached': acted },
  'cold-transferring': {
    ...calledOff,
    'caller-left': ['cold-transferring'],
    aborted: ['cold-transferring', ...over],
    'cold-transferred': over,
    'cold-transfer-failed': acted,
    'limit-reached': acted,
  },
  merging: {
    ...calledOff,
    'attempt-merged': ['connected'],
    'attempt-over': ['deciding'],
    'limit-reached': ['deciding', ...over],
  },
  connected: {
    'caller-left': ['releasing'],
    'agent-disconnected': ['releasing'],
    'attempt-lost': ['releasing'],
    'hang-up': ['releasing'],
  },
  releasing: {
    'caller-restored': over,
    'caller-hung-up': over,
    'caller-ended': over,
    'caller-left': over,
    'agent-disconnected': over,
    'caller-failed': over,
    'attempt-closed': over,
    'limit-reached': over,
  },
  ended: {},
};

const closing = ['closing'] as const;

/** The same for one attempt. */
export const attemptMoves: Moves<AttemptPhase, AttemptPortEventType> = {
  opening: { 'consult-opened': ['dialing'], 'consult-failed': closing, 'attempt-limit-reached': closing },
  dialing: {
    answered: ['briefing'],
    'dial-ended': closing,
    'dial-failed': closing,
    'briefing-failed': closing,
    'attempt-limit-reached': closing,
  },
  briefing: {
    accepted: ['accepted'],
    declined: closing,
    voicemail: ['voicemail', 'closing'],
    'no-speech': closing,
    'briefing-failed': closing,
    'human-disconnected': closing,
    'attempt-limit-reached': closing,
  },
  voicemail: { 'human-disconnected': closing },
  accepted: {
    merged: ['merged'],
    'merge-failed': closing,
    'briefing-failed': closing,
    'merge-lost': closing,
    'human-disconnected': closing,
  },
  merged: { 'human-disconnected': closing, 'merge-lost': closing, 'briefing-failed': ['merged'] },
  closing: { 'consult-closed': ['closed'], 'attempt-limit-reached': ['closed'] },
  closed: {},
};

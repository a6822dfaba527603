import type { AttemptPortEvent, AttemptPortEventType } from '../../../src/machine/attempt/attempt-event.js';
import type { TableEventType, TransferEvent } from '../../../src/machine/state/event.js';
import type { Plan } from '../../../src/machine/types/plan.js';
import type { PolicyAction } from '../../../src/machine/types/policy-action.js';
import type { TransferState } from '../../../src/machine/state/state.js';
import { transition } from '../../../src/machine/transition.js';
import { Ledger } from './timer-invariants.js';
import { attemptMoves, transferMoves } from './random-actions.js';
import { Random } from './random.js';

const STEPS = 40;

/**
 * A walk through the states of the machine alone: mostly what can happen next, sometimes anything. Returns what the
 * ledger finds wrong.
 */
export function walk(seed: number, step: typeof transition = transition): readonly string[] {
  const random = new Random(seed);
  const ledger = new Ledger();
  let state: TransferState = { phase: 'idle' };
  for (let left = STEPS; left > 0; left -= 1) {
    const event = nextEvent(random, state);
    const taken = step(state, event);
    const wrong = [...ledger.check(state, event, taken)];
    if (wrong.length > 0) return wrong;
    state = taken.state;
  }
  return [];
}

/** One event of each kind that means something in a state. */
export function everyEvent(random: Random, state: TransferState): TransferEvent[] {
  const own = Object.keys(transferMoves[state.phase]) as TableEventType[];
  const attempts = 'attempts' in state ? Object.entries(state.attempts) : [];
  return [
    ...own.map((type) => transferEvent(random, type, state)),
    ...attempts.flatMap(([attemptId, { phase }]) =>
      (Object.keys(attemptMoves[phase]) as AttemptPortEventType[]).map((type) => ({
        ...attemptHappening(random, type, phase),
        attemptId,
      })),
    ),
  ];
}

function nextEvent(random: Random, state: TransferState): TransferEvent {
  const attempts = 'attempts' in state ? Object.entries(state.attempts) : [];
  if (attempts.length > 0 && random.chance(busyPhases.includes(state.phase) ? 0.9 : 0.3)) {
    const [attemptId, { phase }] = random.pick(attempts);
    const likely = Object.keys(attemptMoves[phase]) as AttemptPortEventType[];
    const forward = random.chance(0.5) ? likely.filter((each) => ahead.includes(each)) : likely;
    const type = forward.length > 0 && random.chance(0.95) ? random.pick(forward) : random.pick(attemptTypes);
    return { ...attemptHappening(random, type, phase), attemptId };
  }
  const possible = Object.keys(transferMoves[state.phase]) as TableEventType[];
  const likely = random.chance(0.8) ? possible.filter((each) => !offs.includes(each)) : possible;
  return transferEvent(
    random,
    random.chance(0.8) && likely.length > 0 ? random.pick(likely) : random.pick(transferTypes),
    state,
  );
}

/** Events that advance a transfer, and those that end it from any state. */
const ahead: readonly AttemptPortEventType[] = ['consult-opened', 'answered', 'accepted', 'merged', 'consult-closed'];
const offs: readonly TableEventType[] = [
  'caller-left',
  'agent-disconnected',
  'caller-canceled',
  'aborted',
  'caller-failed',
];

const busyPhases: readonly string[] = ['attempting', 'merging', 'connected'];

const attemptTypes: readonly AttemptPortEventType[] = [
  ...new Set(Object.values(attemptMoves).flatMap((moves) => Object.keys(moves) as AttemptPortEventType[])),
  'ringing',
];
const transferTypes: readonly TableEventType[] = [
  ...new Set(Object.values(transferMoves).flatMap((moves) => Object.keys(moves) as TableEventType[])),
  'next-stage-due',
  'hold-failed',
  'hold-failed',
];

function attemptHappening(random: Random, type: AttemptPortEventType, phase: string): AttemptPortEvent {
  const cause = 'the cause';
  switch (type) {
    case 'answered':
      return { type, humanIdentity: 'human' };
    case 'dial-ended':
      return { type, ending: { kind: 'ending', status: 'busy', sipStatusCode: 486 }, ...maybeRefused(random) };
    case 'declined':
      return { type, reason: 'no', ...(random.chance(0.5) ? { redirectTo: 'billing' } : {}) };
    case 'human-disconnected':
      return { type, how: random.pick(['hung-up', 'lost']) };
    case 'attempt-limit-reached': {
      const own = (['opening', 'dialing', 'briefing', 'closing'] as const).find((limit) => limit === phase);
      return { type, limit: own ?? 'briefing' };
    }
    case 'dial-failed':
      return { type, cause, ...maybeRefused(random) };
    case 'consult-failed':
    case 'briefing-failed':
    case 'merge-failed':
    case 'merge-lost':
      return { type, cause };
    case 'accepted':
      return { type, by: 'voice' };
    case 'consult-opened':
    case 'ringing':
    case 'voicemail':
    case 'no-speech':
    case 'merged':
    case 'consult-closed':
      return { type };
  }
}

const maybeRefused = (random: Random): { callerIdRefused?: true } =>
  random.chance(0.3) ? { callerIdRefused: true } : {};

const actions: readonly PolicyAction[] = [
  { type: 'return' },
  { type: 'next-target' },
  { type: 'next-target' },
  { type: 'redirect', department: 'billing' },
  { type: 'redirect' },
  { type: 'cold-transfer', to: '+1' },
  { type: 'voicemail-message' },
  { type: 'hang-up' },
];

function transferEvent(random: Random, type: TableEventType, state: TransferState): TransferEvent {
  const cause = 'the cause';
  switch (type) {
    case 'start':
      return {
        type,
        setup: { holdCallerOn: random.pick(['dial', 'answer', 'accept']), maxAttempts: random.whole(1, 6) },
      };
    case 'resolved':
      return { type, plan: randomPlan(random) };
    case 'unresolved':
      return { type, ending: { kind: 'ending', status: 'closed' } };
    case 'decided':
      return { type, actions: Array.from({ length: random.whole(0, 4) }, () => random.pick(actions)) };
    case 'limit-reached':
      return { type, limit: limitIn(random, state) };
    case 'aborted':
    case 'agent-disconnected':
    case 'hold-failed':
    case 'decision-failed':
    case 'cold-transfer-failed':
      return { type, cause };
    case 'caller-failed':
      return { type, while: random.pick(['holding', 'restoring', 'hanging-up', 'ending']), cause };
    case 'caller-ended':
      return { type, disposition: random.pick(['left', 'hung-up', 'cold-transferred']) };
    case 'next-stage-due':
    case 'cold-transferred':
    case 'caller-left':
    case 'caller-canceled':
    case 'caller-restored':
    case 'caller-hung-up':
    case 'hang-up':
      return { type };
    // Reports of attempts come from the attempts themselves.
    case 'attempt-answered':
    case 'attempt-accepted':
    case 'attempt-merged':
    case 'attempt-over':
    case 'attempt-lost':
    case 'attempt-closed':
      return { type: 'hold-failed', cause };
  }
}

const limitOfCaller = {
  restoring: 'releasing',
  'hanging-up': 'hanging-up',
  ending: 'cold-transferring',
  done: 'releasing',
} as const;

function limitIn(random: Random, state: TransferState): Extract<TransferEvent, { type: 'limit-reached' }>['limit'] {
  if (random.chance(0.1)) return 'total';
  switch (state.phase) {
    case 'resolving':
    case 'deciding':
    case 'redirecting':
    case 'cold-transferring':
    case 'merging':
      return state.phase;
    case 'releasing':
      return limitOfCaller[state.caller];
    case 'idle':
    case 'attempting':
    case 'connected':
    case 'ended':
      return 'total';
  }
}

function randomPlan(random: Random): Plan {
  return {
    winner: random.pick(['answer', 'accept']),
    stages: Array.from({ length: random.whole(0, 3) }, () => ({
      targets: Array.from({ length: random.whole(1, 3) }, () => random.pick(['ada', 'bea', 'cleo', 'dan', 'eve'])),
      ...(random.chance(0.5) ? { nextAfterMs: 1000 } : {}),
    })),
  };
}

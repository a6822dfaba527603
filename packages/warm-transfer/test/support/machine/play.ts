import type { AttemptPortEvent } from '../../../src/machine/attempt/attempt-event.js';
import type { Effect } from '../../../src/machine/types/effect.js';
import type { TransferEvent, TransferPortEvent } from '../../../src/machine/state/event.js';
import type { Plan, Setup } from '../../../src/machine/types/plan.js';
import type { PolicyAction } from '../../../src/machine/types/policy-action.js';
import type { TransferState } from '../../../src/machine/state/state.js';
import { transition } from '../../../src/machine/transition.js';

const setup: Setup = { holdCallerOn: 'dial', maxAttempts: 10 };
export const list = (...targets: string[]): Plan => ({
  winner: 'answer',
  stages: targets.map((target) => ({ targets: [target] })),
});
export const ringAll = (winner: 'answer' | 'accept', ...targets: string[]): Plan => ({ winner, stages: [{ targets }] });

/** Events of an attempt. */
export function of(attemptId: string, ...happenings: AttemptPortEvent[]): TransferEvent[] {
  return happenings.map((happening) => ({ ...happening, attemptId }));
}

export const begin = (plan: Plan, given: Partial<Setup> = {}): TransferPortEvent[] => [
  { type: 'start', setup: { ...setup, ...given } },
  { type: 'resolved', plan },
];
export const opened: AttemptPortEvent = { type: 'consult-opened' };
export const answered: AttemptPortEvent = { type: 'answered', humanIdentity: 'human' };
export const accepted: AttemptPortEvent = { type: 'accepted', by: 'voice' };
export const merged: AttemptPortEvent = { type: 'merged' };
export const closed: AttemptPortEvent = { type: 'consult-closed' };
export const busy: AttemptPortEvent = {
  type: 'dial-ended',
  ending: { kind: 'ending', status: 'busy', sipStatusCode: 486 },
};

/** The answers of the policy. */
export const decided = (...actions: PolicyAction[]): TransferEvent => ({ type: 'decided', actions });
export const next: PolicyAction = { type: 'next-target' };

/** The state after the events, and what the last of them asked for. */
export function play(...events: TransferEvent[]): { state: TransferState; asked: string[] } {
  let state: TransferState = { phase: 'idle' };
  let effects: readonly Effect[] = [];
  for (const event of events) ({ state, effects } = transition(state, event));
  return { state, asked: effects.map(describeEffect) };
}

function describeEffect(effect: Effect): string {
  const who = 'attemptId' in effect ? `${effect.attemptId}:` : '';
  switch (effect.type) {
    case 'set-limit':
    case 'set-attempt-limit':
      return `${who}${effect.type}(${effect.limit})`;
    case 'close-attempt':
      return `${who}close(${effect.farewell ?? ''})`;
    case 'open-attempt':
      return `${who}open(${effect.target}${effect.callerId === undefined ? '' : ` as ${effect.callerId}`})`;
    case 'await-next-stage':
      return `await-next-stage(${effect.ms})`;
    case 'resolve':
      return `resolve(${effect.department ?? ''})`;
    case 'cold-transfer':
      return `cold-transfer(${effect.to})`;
    case 'set-outcome':
      return effect.outcome.kind === 'connected'
        ? 'settle(connected)'
        : `settle(${effect.outcome.ending.status}, ${effect.outcome.caller})`;
    default:
      return `${who}${effect.type}`;
  }
}

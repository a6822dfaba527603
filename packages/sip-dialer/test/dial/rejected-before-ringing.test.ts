import { expect, test } from 'vitest';
import { recognizeFailure } from '../../src/api/api-failure.ts';
import { createRedactor } from '../../src/api/redactor.ts';
import type { DialEvent } from '../../src/dial/dial-event.ts';
import { initialState } from '../../src/dial/dial-state.ts';
import { dialLimits } from '../../src/dial/dial-limits.ts';
import { transition } from '../../src/dial/transition.ts';
import { planTime } from '../../src/request/plan-time.ts';
import { sipRejection } from '../../src/testing/scripted-failures.ts';

const given = { time: planTime(30_000, 0), limits: dialLimits };
const seen = (callStatus: string): DialEvent => ({ type: 'seen', callStatus, callId: 'SCL_1', live: true });

function phaseAfterBusy(...statuses: string[]): string {
  const failure = recognizeFailure(sipRejection(486).error, createRedactor([]));
  const events: DialEvent[] = [{ type: 'start' }, ...statuses.map(seen), { type: 'api-failed', failure }];
  let state = initialState(0);
  for (const event of events) [state] = transition(state, event, 10, given);
  return state.phase;
}

test('a phone that is busy before it rings settles the dial immediately: the server reports a leg without a track too late', () => {
  expect(phaseAfterBusy('dialing')).toBe('settled');
  expect(phaseAfterBusy('dialing', 'ringing')).toBe('awaiting-reason');
});

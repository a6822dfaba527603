import { expect, test } from 'vitest';
import type { DialFacts } from '../../src/dial/dial-state.js';
import { classifyFailure } from '../../src/dial/classify-failure.js';
import type { TimePlan } from '../../src/request/plan-time.js';

const facts: DialFacts = {
  request: 'pending',
  joined: true,
  legObserved: true,
  callStatus: 'ringing',
  ringingSeen: true,
  pickedUp: false,
  legGone: true,
  timings: { requestedAt: 0 },
};
const time: TimePlan = { ringingTimeoutMs: 30_000, dtmfMs: 0, waits: true } as TimePlan;

const lost = (when: string): object => ({
  code: 'connection-lost',
  message: `the connection to the server was lost ${when}`,
});

test.each<[what: string, changes: Partial<DialFacts>, cause: object | undefined]>([
  ['while it rings', {}, lost('while the phone was ringing')],
  ['before it rings', { ringingSeen: false }, lost('before the phone rang')],
  ['by a shutdown', { disconnectReason: 3 }, lost('while the phone was ringing')],
  ['for a reason of its own', { disconnectReason: 14 }, undefined],
  ['unseen, as the room is asked', { legObserved: false }, undefined],
])('a leg that leaves %s, with its request open, has the cause that is known', (_what, changes, cause) => {
  const { cause: seen, ...outcome } = classifyFailure({ ...facts, ...changes }, { type: 'left' }, time);
  expect(outcome).toMatchObject({ status: 'failed', retryable: true, certainty: 'assumed' });
  expect({ cause: seen }).toMatchObject({ cause });
});

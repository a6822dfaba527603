import type { TransferRunner } from '../../../src/runtime/transfer-runner.js';
import type { Decision, DialReport } from '../../../src/runtime/ports.js';
import { settlePromises, type FakeAttempt, type FakePorts } from '../../../src/testing.js';
import type { Random } from './random.js';

const reports: readonly DialReport[] = [
  { type: 'ended', ending: { kind: 'ending', status: 'busy', sipStatusCode: 486 } },
  { type: 'ended', ending: { kind: 'ending', status: 'no-answer', sipStatusCode: 480 } },
  { type: 'failed', cause: new Error('SIP 500'), sipStatusCode: 500 },
  {
    type: 'ended',
    ending: { kind: 'ending', status: 'trunk-rejected', sipStatusCode: 403 },
    callerIdRefused: true,
  },
  { type: 'canceled' },
];
const decisions: readonly Decision[] = [
  { type: 'accepted', by: 'voice' },
  { type: 'accepted', by: 'voice' },
  { type: 'accepted', by: 'voice' },
  { type: 'declined', reason: 'busy' },
  { type: 'declined', reason: 'wrong department', redirectTo: 'billing' },
  { type: 'voicemail' },
  { type: 'no-speech' },
  { type: 'human-disconnected', how: 'hung-up' },
  { type: 'limit-reached' },
  { type: 'failed', cause: new Error('the model broke') },
  { type: 'canceled' },
];

/** The events of people and networks; several may come in the same tick. */
export type Stimulus =
  | 'ring'
  | 'answer'
  | 'dial-end'
  | 'decide'
  | 'accept'
  | 'leave'
  | 'break'
  | 'caller-leaves'
  | 'agent-disconnected'
  | 'caller-cancels'
  | 'abort'
  | 'hang-up'
  | 'session-closes'
  | 'wait';

const likely: readonly Stimulus[] = [
  ...Array.from({ length: 4 }, () => 'ring' as const),
  ...Array.from({ length: 8 }, () => 'answer' as const),
  ...Array.from({ length: 4 }, () => 'dial-end' as const),
  ...Array.from({ length: 5 }, () => 'decide' as const),
  ...Array.from({ length: 4 }, () => 'accept' as const),
  'leave',
  'break',
  'caller-leaves',
  'agent-disconnected',
  'caller-cancels',
  'abort',
  'hang-up',
  'session-closes',
  ...Array.from({ length: 6 }, () => 'wait' as const),
];

export interface Stage {
  readonly ports: FakePorts;
  readonly run: TransferRunner;
  readonly abort: AbortController;
  readonly random: Random;
  /** Who answered their phone. */
  readonly answered: Set<FakeAttempt>;
}

/** Lets something happen; returns what it was. */
export async function happen({ ports, run, abort, random, answered }: Stage): Promise<Stimulus> {
  const stimulus = random.pick(likely);
  const attempt = ports.attempts.length === 0 ? undefined : random.pick(ports.attempts);
  switch (stimulus) {
    case 'ring':
      attempt?.phoneRings();
      break;
    case 'answer':
      if (attempt?.phoneBusy === true && !answered.has(attempt)) {
        answered.add(attempt);
        attempt.dialReports({ type: 'answered', humanIdentity: `human-${attempt.attemptId}` });
      }
      break;
    case 'dial-end':
      if (attempt !== undefined && !answered.has(attempt)) {
        const report = random.pick(reports);
        if (attempt.phoneBusy) attempt.dialReports(report);
      }
      break;
    case 'decide':
      if (attempt !== undefined && answered.has(attempt)) attempt.humanDecides(random.pick(decisions));
      break;
    case 'accept':
      if (attempt !== undefined && answered.has(attempt)) attempt.humanDecides({ type: 'accepted', by: 'voice' });
      break;
    case 'leave':
      for (let times = random.whole(1, 2); times > 0; times -= 1) {
        attempt?.humanLeaves(random.pick(['hung-up', 'lost']));
      }
      break;
    case 'break':
      if (random.chance(0.5)) attempt?.consultLost(new Error('the agent lost the consult room'));
      else attempt?.mergeBreaks(new Error('the bridge broke'));
      break;
    case 'caller-leaves':
      for (let times = random.whole(1, 2); times > 0; times -= 1) ports.callerLeaves();
      break;
    case 'agent-disconnected':
      ports.agentDisconnects(new Error('the room was closed'));
      break;
    case 'caller-cancels':
      ports.callerCancels();
      break;
    case 'abort':
      abort.abort(new Error('enough'));
      break;
    case 'hang-up':
      run.dispatch({ type: 'hang-up' });
      break;
    case 'session-closes':
      ports.sessionClosed = true;
      break;
    case 'wait':
      await ports.clock.advance(random.pick([1, 200, 3_000, 20_000, 130_000]));
      break;
  }
  if (random.chance(0.7)) await settlePromises();
  return stimulus;
}

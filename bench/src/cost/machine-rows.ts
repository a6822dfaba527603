import { transition, type TransferEvent, type TransferState } from '@org/warm-transfer/testing';
import type { BenchSize } from '../bench-size.js';
import type { Results } from '../result/row.js';

/** Two targets: the first is busy, the second takes the caller, who hangs up in the end. */
const course: readonly TransferEvent[] = [
  { type: 'start', setup: { holdFrom: 'dial', maxAttempts: 10 } },
  {
    type: 'resolved',
    plan: { stages: [{ targets: ['ada'] }, { targets: ['grace'] }], winner: 'answer' },
  },
  { type: 'consult-opened', attemptId: '1' },
  { type: 'ringing', attemptId: '1' },
  { type: 'dial-ended', attemptId: '1', ending: { kind: 'ending', status: 'busy', sipStatusCode: 486 } },
  { type: 'decided', actions: [{ type: 'next-target' }, { type: 'return' }] },
  { type: 'consult-closed', attemptId: '1' },
  { type: 'consult-opened', attemptId: '2' },
  { type: 'ringing', attemptId: '2' },
  { type: 'answered', attemptId: '2', humanIdentity: 'human' },
  { type: 'accepted', attemptId: '2' },
  { type: 'merged', attemptId: '2' },
  { type: 'caller-left' },
  { type: 'consult-closed', attemptId: '2' },
];
const ROUNDS = 20_000;

/** How fast the pure machine goes through whole transfers, on one core. */
export async function measureMachine({ repeats }: BenchSize): Promise<Results> {
  const perSecond = Array.from({ length: repeats + 1 }, () => transitionsPerSecond());
  return {
    rows: [
      {
        id: 'machine',
        figure: 'state machine, transitions on one core',
        unit: 'per second',
        // The first round is compiled while it runs.
        ours: perSecond.slice(1),
        goal: { text: '1,000,000', holds: (ours) => ours >= 1_000_000 },
      },
    ],
    series: [],
  };
}

function transitionsPerSecond(): number {
  const startedAt = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) {
    let state: TransferState = { phase: 'idle' };
    for (const event of course) ({ state } = transition(state, event));
    if (state.phase !== 'ended') throw new Error(`the course of the transfer ended in ${state.phase}`);
  }
  return (ROUNDS * course.length) / ((performance.now() - startedAt) / 1_000);
}

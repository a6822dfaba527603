import { transition, type TransferState } from '@org/warm-transfer/testing';
import type { BenchSize } from '../bench-size.js';
import type { Results } from '../result/row.js';
import { processCpuMs } from './own-cpu.js';
import { courses } from './transfer-courses.js';

const ROUNDS = 5_000;

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

/** By the CPU time of all threads, the garbage collector's among them. */
function transitionsPerSecond(): number {
  const before = processCpuMs();
  let transitions = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const course of courses) {
      let state: TransferState = { phase: 'idle' };
      for (const event of course) ({ state } = transition(state, event));
      if (state.phase !== 'ended') throw new Error(`the course of a transfer ended in ${state.phase}`);
      transitions += course.length;
    }
  }
  return transitions / ((processCpuMs() - before) / 1_000);
}

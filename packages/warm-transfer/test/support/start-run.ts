import { expect } from 'vitest';
import { defaultLimits } from '../../src/options/limits.js';
import type { Setup } from '../../src/machine/types/plan.js';
import { TransferRun, type Settlement } from '../../src/runtime/transfer-runner.js';
import { settlePromises, type FakePorts } from '../../src/testing.js';

const setup: Setup = { holdFrom: 'dial', maxAttempts: 10 };

interface Begun {
  readonly notes: readonly unknown[];
  readonly outcome: () => Settlement | undefined;
  readonly ended: () => boolean;
}

/** A transfer that has started. */
export function begin(ports: FakePorts, signal?: AbortSignal, given: Partial<Setup> = {}): Begun {
  const notes: unknown[] = [];
  let outcome: Settlement | undefined;
  let ended = false;
  const run = new TransferRun({
    ports,
    limits: defaultLimits,
    setup: { ...setup, ...given },
    signal,
    onNote: (cause) => notes.push(cause),
  });
  void run.settled.then((settlement) => (outcome = settlement));
  void run.ended.then(() => (ended = true));
  run.start();
  return { notes, outcome: () => outcome, ended: () => ended };
}

export const statusOf = (settlement: Settlement | undefined): string | undefined =>
  settlement === undefined || settlement.kind === 'connected' ? settlement?.kind : settlement.ending.status;

export async function upTo(ports: FakePorts, phase: 'ringing' | 'briefing' | 'connected'): Promise<void> {
  await settlePromises();
  ports.phoneRings();
  if (phase === 'ringing') return;
  ports.dialReports({ type: 'answered', humanIdentity: 'ada' });
  await settlePromises();
  if (phase === 'briefing') return;
  ports.humanDecides({ type: 'accepted', by: 'voice' });
  await settlePromises();
}

export function expectNothingLeft(ports: FakePorts): void {
  expect({
    room: ports.roomOpen,
    phone: ports.phoneBusy,
    bridged: ports.bridged,
    hold: ports.holdPlaying,
    timers: ports.clock.pending,
    watchers: ports.watchers,
  }).toEqual({ room: false, phone: false, bridged: false, hold: false, timers: 0, watchers: 0 });
}

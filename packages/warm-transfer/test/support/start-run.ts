import { expect } from 'vitest';
import { defaultLimits } from '../../src/options/limits.js';
import type { Setup } from '../../src/machine/types/plan.js';
import { TransferRunner, type TransferResult } from '../../src/runtime/transfer-runner.js';
import { settlePromises, type FakePorts } from '../../src/testing.js';

const setup: Setup = { holdCallerOn: 'dial', maxAttempts: 10 };

interface StartedRun {
  readonly warnings: readonly unknown[];
  readonly outcome: () => TransferResult | undefined;
  readonly ended: () => boolean;
}

/** A transfer that has started. */
export function startRun(ports: FakePorts, signal?: AbortSignal, given: Partial<Setup> = {}): StartedRun {
  const warnings: unknown[] = [];
  let outcome: TransferResult | undefined;
  let ended = false;
  const run = new TransferRunner({
    ports,
    limits: defaultLimits,
    setup: { ...setup, ...given },
    signal,
    onWarning: (cause) => warnings.push(cause),
  });
  void run.settled.then((settlement) => (outcome = settlement));
  void run.ended.then(() => (ended = true));
  run.start();
  return { warnings, outcome: () => outcome, ended: () => ended };
}

export const getStatus = (settlement: TransferResult | undefined): string | undefined =>
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

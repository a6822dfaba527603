import { describe, expect, it, vi } from 'vitest';
import { TransferLog } from '../../src/telemetry/transfer-log.js';
import { TransferEvents } from '../../src/outcome/transfer-events.js';
import type { TransferPhaseEvent } from '../../src/outcome/transfer-phase.js';
import { harmless } from '../../src/outcome/user-callback.js';
import { settlePromises } from '../../src/testing.js';

const broken = new Error('disk full');
const throws = (): never => {
  throw broken;
};
const rejects = async (): Promise<never> => throws();
const event: TransferPhaseEvent = {
  transferId: '1',
  at: 0,
  phase: 'dialing',
  caller: 'active',
  humanAgent: 'inactive',
};

describe.each<[string, () => unknown]>([
  ['throws', throws],
  ['rejects', rejects],
])('a callback that %s', (_how, fail) => {
  it('as a listener of phases, promotions or waits is a warning once, keeps the others from nothing, and is called again', async () => {
    const warnings: unknown[] = [];
    const events = new TransferEvents((cause) => warnings.push(cause));
    const failing = vi.fn(fail);
    const told: string[] = [];
    events.on(failing);
    events.on(({ phase }) => told.push(phase));
    events.onPromotion(failing);
    events.onWaiting(failing);
    for (const phase of ['dialing', 'ringing'] as const) events.emit({ ...event, phase });
    events.emitPromotion({ promoted: false, reason: 'server' });
    events.emitWait({ transferId: 't', attemptId: '1', at: 0, waitingBehind: 'queue' });
    await settlePromises();
    expect(told).toEqual(['dialing', 'ringing']);
    expect(failing).toHaveBeenCalledTimes(4);
    // Once for each of the three that it listens to.
    expect(warnings).toEqual([broken, broken, broken]);
  });

  it('is a warning once, and called again', async () => {
    const warnings: unknown[] = [];
    const failing = vi.fn(fail);
    const listener = harmless(failing, (cause) => warnings.push(cause));
    for (let times = 0; times < 3; times += 1) listener();
    await settlePromises();
    expect(failing).toHaveBeenCalledTimes(3);
    expect(warnings).toEqual([broken]);
  });

  it('as a logger is a warning once, and not used any more', async () => {
    const warnings: unknown[] = [];
    const debug = vi.fn(fail);
    const journal = new TransferLog('1', { debug, info: fail, warn: fail, error: fail }, (cause) =>
      warnings.push(cause),
    );
    for (let times = 0; times < 3; times += 1) {
      journal.phase(event);
      await settlePromises();
    }
    expect(warnings).toEqual([broken]);
    expect(debug).toHaveBeenCalledTimes(1);
  });
});

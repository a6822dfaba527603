import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/options/limits.js';
import type { Resolution } from '../../src/runtime/ports.js';
import { FakePorts, onlyTarget, settlePromises } from '../../src/testing.js';
import { startRun, expectNothingLeft, upTo } from '../support/start-run.js';

const atOnce = (winner: 'answer' | 'accept', ...targets: string[]): Resolution => ({
  type: 'resolved',
  plan: { winner, stages: [{ targets }] },
});

describe('several targets', () => {
  const busy = { type: 'ended', ending: { kind: 'ending', status: 'busy', sipStatusCode: 486 } } as const;
  const answered = { type: 'answered', humanIdentity: 'human' } as const;

  it('continue from one who is busy to the next, the hold audio playing on', async () => {
    const ports = new FakePorts();
    ports.resolution = {
      type: 'resolved',
      plan: { winner: 'answer', stages: [{ targets: ['ada'] }, { targets: ['bea'] }] },
    };
    const transfer = startRun(ports);
    await settlePromises();
    ports.dialReports(busy);
    await upTo(ports, 'connected');
    expect(ports.attempts.map(({ target }) => target)).toEqual(['ada', 'bea']);
    expect(transfer.outcome()).toEqual({ kind: 'connected', attemptId: '2', humanIdentity: 'ada' });
    expect(ports.calls.filter((call) => call === 'hold.start')).toHaveLength(1);
    expect(ports.attempts[0]).toMatchObject({ roomOpen: false, phoneBusy: false });
  });

  it('in parallel: two who answer in the same tick leave one winner, and one who hears that another has answered', async () => {
    const ports = new FakePorts();
    ports.resolution = atOnce('answer', 'ada', 'bea', 'cleo');
    startRun(ports);
    await settlePromises();
    ports.attempts[1]?.dialReports(answered);
    ports.attempts[2]?.dialReports(answered);
    await settlePromises();
    expect(ports.attempts.map(({ phoneBusy }) => phoneBusy)).toEqual([false, true, false]);
    expect(ports.attempts.map(({ said }) => said)).toEqual([[], [], ['answered-elsewhere']]);
  });

  it('in parallel, for the first to accept: a voicemail does not win', async () => {
    const ports = new FakePorts();
    ports.resolution = atOnce('accept', 'box', 'bea');
    const transfer = startRun(ports);
    await settlePromises();
    for (const attempt of ports.attempts) attempt.dialReports(answered);
    await settlePromises();
    ports.attempts[0]?.humanDecides({ type: 'voicemail' });
    ports.attempts[1]?.humanDecides({ type: 'accepted', by: 'voice' });
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({ kind: 'connected', attemptId: '2' });
  });

  it('in stages: the next joins in at its time, the first ringing on', async () => {
    const ports = new FakePorts();
    ports.resolution = {
      type: 'resolved',
      plan: { winner: 'answer', stages: [{ targets: ['ada'], nextAfterMs: 15_000 }, { targets: ['bea'] }] },
    };
    startRun(ports);
    await ports.clock.advance(14_999);
    expect(ports.attempts).toHaveLength(1);
    await ports.clock.advance(1);
    expect(ports.attempts.map(({ phoneBusy }) => phoneBusy)).toEqual([true, true]);
  });

  it('are not called, and no caller is held, when the resolver hangs', async () => {
    const ports = new FakePorts();
    ports.resolution = new Promise(() => undefined);
    const transfer = startRun(ports);
    await ports.clock.advance(defaultLimits.resolvingMs);
    expect(transfer.outcome()).toMatchObject({ ending: { status: 'no-target', why: 'late' }, caller: 'returned' });
    expect(ports.calls).not.toContain('caller.hold');
    expectNothingLeft(ports);
  });
});

describe('the policy', () => {
  it('redirects to a department, cold-transfers the caller when that is closed, and gives them back when that fails', async () => {
    const ports = new FakePorts({ 'caller.coldTransfer': 'reject' });
    ports.resolution = (department) =>
      department === undefined
        ? onlyTarget('ada')
        : { type: 'unresolved', ending: { kind: 'ending', status: 'closed' } };
    ports.decide = () => [{ type: 'redirect' }, { type: 'cold-transfer', to: '+15550177' }];
    const transfer = startRun(ports);
    await upTo(ports, 'briefing');
    ports.humanDecides({ type: 'declined', reason: 'not mine', redirectTo: 'billing' });
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({
      ending: { status: 'declined', redirectTo: 'billing' },
      caller: 'returned',
    });
    expect(transfer.warnings).toEqual([
      expect.objectContaining({ message: 'the redirect found no target: closed' }),
      new Error('caller.coldTransfer rejected'),
    ]);
    expect(ports.callerHeld).toBe(false);
    expectNothingLeft(ports);
  });

  it('that answers too late, or for another question, decides nothing', async () => {
    const ports = new FakePorts();
    ports.decide = () =>
      new Promise((resolve) => {
        ports.clock.after(defaultLimits.decidingMs + 1, () => resolve([{ type: 'hang-up' }]));
      });
    const transfer = startRun(ports);
    await settlePromises();
    ports.dialReports({ type: 'ended', ending: { kind: 'ending', status: 'busy' } });
    await ports.clock.advance(10_000);
    expect(transfer.outcome()).toMatchObject({ ending: { status: 'busy' }, caller: 'returned' });
    expect(ports.calls).not.toContain('caller.hangUp');
  });

  it('leaves a message in a voicemail, after the caller has been returned', async () => {
    const ports = new FakePorts();
    ports.decide = () => [{ type: 'voicemail-message' }];
    const transfer = startRun(ports);
    await upTo(ports, 'briefing');
    ports.humanDecides({ type: 'voicemail' });
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({ ending: { status: 'voicemail' }, caller: 'returned' });
    expect(ports.said).toEqual(['voicemail-message']);
    expectNothingLeft(ports);
  });
});

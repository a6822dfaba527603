import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../src/limits.js';
import { FakePorts, settlePromises, type PortCall, type PortFault } from '../src/testing.js';
import { TransferRun, type Settlement } from '../src/transfer-run.js';

function begin(ports: FakePorts, signal?: AbortSignal) {
  const notes: unknown[] = [];
  let outcome: Settlement | undefined;
  let ended = false;
  const run = new TransferRun({ ports, limits: defaultLimits, signal, onNote: (cause) => notes.push(cause) });
  void run.settled.then((settlement) => (outcome = settlement));
  void run.ended.then(() => (ended = true));
  run.start();
  return { run, notes, outcome: () => outcome, ended: () => ended };
}

const statusOf = (settlement: Settlement | undefined): string | undefined =>
  settlement === undefined || settlement.kind === 'connected' ? settlement?.kind : settlement.status;

async function upTo(ports: FakePorts, phase: 'ringing' | 'briefing' | 'connected'): Promise<void> {
  await settlePromises();
  ports.phoneRings();
  if (phase === 'ringing') return;
  ports.dialReports({ type: 'answered', humanIdentity: 'ada' });
  await settlePromises();
  if (phase === 'briefing') return;
  ports.humanDecides({ type: 'accepted' });
  await settlePromises();
}

function expectNothingLeft(ports: FakePorts): void {
  expect({
    room: ports.roomOpen,
    phone: ports.phoneBusy,
    bridged: ports.bridged,
    hold: ports.holdPlaying,
    timers: ports.clock.pending,
    watchers: ports.watchers,
  }).toEqual({ room: false, phone: false, bridged: false, hold: false, timers: 0, watchers: 0 });
}

describe('a transfer over its ports', () => {
  it('takes the caller from the AI in the very tick in which it starts', () => {
    const ports = new FakePorts();
    begin(ports);
    expect(ports.callerHeld).toBe(true);
    expect(ports.calls).toEqual(['caller.hold', 'consult.open', 'hold.start']);
  });

  it('connects the two, keeps the AI out, and releases everything when the human hangs up', async () => {
    const ports = new FakePorts();
    const transfer = begin(ports);
    await upTo(ports, 'connected');
    expect(transfer.outcome()).toEqual({ kind: 'connected', humanIdentity: 'ada' });
    expect({ bridged: ports.bridged, hold: ports.holdPlaying, held: ports.callerHeld }).toEqual({
      bridged: true,
      hold: false,
      held: true,
    });
    expect(transfer.ended()).toBe(false);

    ports.humanLeaves('hung-up');
    await settlePromises();
    expect(ports.calls).toContain('caller.hangUp');
    expect(transfer.ended()).toBe(true);
    expectNothingLeft(ports);
  });

  it('gives the caller the AI back when the human line is lost after the merge', async () => {
    const ports = new FakePorts();
    const transfer = begin(ports);
    await upTo(ports, 'connected');
    ports.humanLeaves('lost');
    await settlePromises();
    expect(ports.callerHeld).toBe(false);
    expect(ports.calls).not.toContain('caller.hangUp');
    expect(transfer.ended()).toBe(true);
    expectNothingLeft(ports);
  });

  it('returns the caller with the SIP facts when the line is busy at once', async () => {
    const ports = new FakePorts();
    const transfer = begin(ports);
    ports.dialReports({ type: 'ended', ending: { kind: 'ending', status: 'busy', sipStatusCode: 486 } });
    await settlePromises();
    expect(transfer.outcome()).toEqual({ kind: 'ending', status: 'busy', sipStatusCode: 486 });
    expect(ports.callerHeld).toBe(false);
    expect(transfer.ended()).toBe(true);
    expectNothingLeft(ports);
  });

  it('stops the phone when the caller hangs up while it rings, and says nothing to nobody', async () => {
    const ports = new FakePorts();
    const transfer = begin(ports);
    await upTo(ports, 'ringing');
    ports.callerLeaves();
    await settlePromises();
    expect(statusOf(transfer.outcome())).toBe('caller-left');
    expect(ports.said).toEqual([]);
    expectNothingLeft(ports);
  });

  it('tells the human agent when the caller hangs up during the briefing', async () => {
    const ports = new FakePorts();
    const transfer = begin(ports);
    await upTo(ports, 'briefing');
    ports.callerLeaves();
    await settlePromises();
    expect(statusOf(transfer.outcome())).toBe('caller-left');
    expect(ports.said).toEqual(['caller-left']);
    expectNothingLeft(ports);
  });

  it('holds nobody when the caller has left before the first await', async () => {
    const ports = new FakePorts();
    ports.callerPresent = false;
    const transfer = begin(ports);
    await settlePromises();
    expect(statusOf(transfer.outcome())).toBe('caller-left');
    expect(ports.calls).toEqual(['hold.close']);
    expectNothingLeft(ports);
  });

  it('holds nobody when the signal was aborted beforehand', async () => {
    const ports = new FakePorts();
    const transfer = begin(ports, AbortSignal.abort(new Error('deadline')));
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({ status: 'aborted', cause: new Error('deadline') });
    expect(ports.calls).toEqual(['hold.close']);
  });

  it.each(['ringing', 'briefing'] as const)('ends as aborted by its signal while %s', async (phase) => {
    const ports = new FakePorts();
    const controller = new AbortController();
    const transfer = begin(ports, controller.signal);
    await upTo(ports, phase);
    controller.abort(new Error('deadline'));
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({ status: 'aborted', cause: new Error('deadline') });
    expect(ports.callerHeld).toBe(false);
    expectNothingLeft(ports);
  });

  it('is not disturbed by an answer that comes after the caller has left', async () => {
    const ports = new FakePorts();
    const transfer = begin(ports);
    await upTo(ports, 'ringing');
    ports.callerLeaves();
    ports.dialReports({ type: 'answered', humanIdentity: 'ada' });
    await settlePromises();
    expect(statusOf(transfer.outcome())).toBe('caller-left');
    expect(ports.calls).not.toContain('briefing.brief');
    expectNothingLeft(ports);
  });

  it('plays on without hold audio when it fails, and keeps the cause', async () => {
    const ports = new FakePorts({ 'hold.start': 'reject' });
    const transfer = begin(ports);
    await upTo(ports, 'connected');
    expect(statusOf(transfer.outcome())).toBe('connected');
    expect(transfer.notes).toEqual([new Error('hold.start rejected')]);
  });
});

describe('whatever a port does', () => {
  const calls: PortCall[] = [
    'caller.hold',
    'caller.restore',
    'caller.hangUp',
    'hold.start',
    'hold.stop',
    'hold.close',
    'consult.open',
    'consult.join',
    'consult.close',
    'dialer.dial',
    'briefing.prepare',
    'briefing.brief',
    'briefing.say',
    'briefing.close',
    'merge.prepare',
    'merge.merge',
    'merge.close',
  ];
  const faults: PortFault[] = ['throw', 'reject', 'hang'];
  const sum = Object.values(defaultLimits).reduce((total, ms) => total + ms, 0);

  it.each(calls.flatMap((call) => faults.map((fault) => [call, fault] as const)))(
    'when %s meets a %s, the transfer settles once, within its limits, and the caller is not stranded',
    async (call, fault) => {
      const ports = new FakePorts({ [call]: fault });
      const transfer = begin(ports);
      await upTo(ports, 'connected');
      ports.humanLeaves('lost');
      await ports.clock.advance(sum + 60_000);
      expect(transfer.outcome()).toBeDefined();
      expect(transfer.ended()).toBe(true);
      expect(ports.callerHeld).toBe(call === 'caller.restore');
      expect(ports.clock.pending).toBe(0);
      expect(ports.watchers).toBe(0);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../src/limits.js';
import type { Setup } from '../src/machine/plan.js';
import type { Resolution } from '../src/ports.js';
import { FakePorts, onlyTarget, settlePromises, type PortCall, type PortFault } from '../src/testing.js';
import { TransferRun, type Settlement } from '../src/shell/transfer-run.js';

const setup: Setup = { holdFrom: 'dial', maxAttempts: 10 };

function begin(ports: FakePorts, signal?: AbortSignal, given: Partial<Setup> = {}) {
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
  return { run, notes, outcome: () => outcome, ended: () => ended };
}

const statusOf = (settlement: Settlement | undefined): string | undefined =>
  settlement === undefined || settlement.kind === 'connected' ? settlement?.kind : settlement.ending.status;

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
    expect(ports.calls).toEqual(['targets.resolve', 'caller.hold', 'attempt', 'consult.open', 'hold.start']);
  });

  it('gets ready to join the two when somebody has answered, and not for a phone that only rings', async () => {
    const ports = new FakePorts();
    begin(ports);
    await upTo(ports, 'ringing');
    expect(ports.calls).toContain('briefing.prepare');
    expect(ports.calls).not.toContain('merge.prepare');
    ports.dialReports({ type: 'answered', humanIdentity: 'ada' });
    await settlePromises();
    // The first word comes first.
    expect(ports.calls).not.toContain('merge.prepare');
    await ports.clock.advance(1000);
    expect(ports.calls.filter((call) => call === 'merge.prepare')).toHaveLength(1);
  });

  it('connects the two, keeps the AI out, and releases everything when the human hangs up', async () => {
    const ports = new FakePorts();
    const transfer = begin(ports);
    await upTo(ports, 'connected');
    expect(transfer.outcome()).toEqual({ kind: 'connected', attemptId: '1', humanIdentity: 'ada' });
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
    await settlePromises();
    ports.dialReports({ type: 'ended', ending: { kind: 'ending', status: 'busy', sipStatusCode: 486 } });
    await settlePromises();
    expect(transfer.outcome()).toEqual({
      kind: 'over',
      ending: { kind: 'ending', status: 'busy', sipStatusCode: 486 },
      caller: 'returned',
    });
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
    expect(transfer.outcome()).toMatchObject({
      ending: { status: 'aborted', cause: new Error('deadline') },
    });
    expect(ports.calls).toEqual(['hold.close']);
  });

  it.each(['ringing', 'briefing'] as const)('ends as aborted by its signal while %s', async (phase) => {
    const ports = new FakePorts();
    const controller = new AbortController();
    const transfer = begin(ports, controller.signal);
    await upTo(ports, phase);
    controller.abort(new Error('deadline'));
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({
      ending: { status: 'aborted', cause: new Error('deadline') },
    });
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

const atOnce = (winner: 'answer' | 'accept', ...targets: string[]): Resolution => ({
  type: 'resolved',
  plan: { winner, stages: [{ targets }] },
});

describe('several targets', () => {
  const busy = { type: 'ended', ending: { kind: 'ending', status: 'busy', sipStatusCode: 486 } } as const;
  const answered = { type: 'answered', humanIdentity: 'human' } as const;

  it('go on from one who is busy to the next, the hold audio playing on', async () => {
    const ports = new FakePorts();
    ports.resolution = {
      type: 'resolved',
      plan: { winner: 'answer', stages: [{ targets: ['ada'] }, { targets: ['bea'] }] },
    };
    const transfer = begin(ports);
    await settlePromises();
    ports.dialReports(busy);
    await upTo(ports, 'connected');
    expect(ports.attempts.map(({ target }) => target)).toEqual(['ada', 'bea']);
    expect(transfer.outcome()).toEqual({ kind: 'connected', attemptId: '2', humanIdentity: 'ada' });
    expect(ports.calls.filter((call) => call === 'hold.start')).toHaveLength(1);
    expect(ports.attempts[0]).toMatchObject({ roomOpen: false, phoneBusy: false });
  });

  it('at once: two who answer in the same tick leave one winner, and one who is told so', async () => {
    const ports = new FakePorts();
    ports.resolution = atOnce('answer', 'ada', 'bea', 'cleo');
    begin(ports);
    await settlePromises();
    ports.attempts[1]?.dialReports(answered);
    ports.attempts[2]?.dialReports(answered);
    await settlePromises();
    expect(ports.attempts.map(({ phoneBusy }) => phoneBusy)).toEqual([false, true, false]);
    expect(ports.attempts.map(({ said }) => said)).toEqual([[], [], ['taken']]);
  });

  it('at once, for the first to accept: a voicemail box takes nothing away', async () => {
    const ports = new FakePorts();
    ports.resolution = atOnce('accept', 'box', 'bea');
    const transfer = begin(ports);
    await settlePromises();
    for (const attempt of ports.attempts) attempt.dialReports(answered);
    await settlePromises();
    ports.attempts[0]?.humanDecides({ type: 'voicemail' });
    ports.attempts[1]?.humanDecides({ type: 'accepted' });
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({ kind: 'connected', attemptId: '2' });
  });

  it('in stages: the next joins in at its time, the first ringing on', async () => {
    const ports = new FakePorts();
    ports.resolution = {
      type: 'resolved',
      plan: { winner: 'answer', stages: [{ targets: ['ada'], nextAfterMs: 15_000 }, { targets: ['bea'] }] },
    };
    begin(ports);
    await ports.clock.advance(14_999);
    expect(ports.attempts).toHaveLength(1);
    await ports.clock.advance(1);
    expect(ports.attempts.map(({ phoneBusy }) => phoneBusy)).toEqual([true, true]);
  });

  it('are not called, and nobody is held, when there is nobody, or the resolver hangs', async () => {
    const ports = new FakePorts();
    ports.resolution = new Promise(() => undefined);
    const transfer = begin(ports);
    await ports.clock.advance(defaultLimits.resolvingMs);
    expect(transfer.outcome()).toMatchObject({ ending: { status: 'no-target', why: 'late' }, caller: 'returned' });
    expect(ports.calls).not.toContain('caller.hold');
    expectNothingLeft(ports);
  });
});

describe('the policy', () => {
  it('redirects to a department, sends the caller on when that is closed, and gives them back when that fails', async () => {
    const ports = new FakePorts({ 'caller.coldTransfer': 'reject' });
    ports.resolution = (department) =>
      department === undefined
        ? onlyTarget('ada')
        : { type: 'unresolved', ending: { kind: 'ending', status: 'outside-hours' } };
    ports.decide = () => [{ type: 'redirect' }, { type: 'cold-transfer', to: '+15550177' }];
    const transfer = begin(ports);
    await upTo(ports, 'briefing');
    ports.humanDecides({ type: 'declined', reason: 'not mine', redirectTo: 'billing' });
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({
      ending: { status: 'declined', redirectTo: 'billing' },
      caller: 'returned',
    });
    expect(transfer.notes).toEqual([
      expect.objectContaining({ message: 'redirected in vain: outside-hours' }),
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
    const transfer = begin(ports);
    await settlePromises();
    ports.dialReports({ type: 'ended', ending: { kind: 'ending', status: 'busy' } });
    await ports.clock.advance(10_000);
    expect(transfer.outcome()).toMatchObject({ ending: { status: 'busy' }, caller: 'returned' });
    expect(ports.calls).not.toContain('caller.hangUp');
  });

  it('leaves a message in a voicemail box, after the caller has been given back', async () => {
    const ports = new FakePorts();
    ports.decide = () => [{ type: 'voicemail-message' }];
    const transfer = begin(ports);
    await upTo(ports, 'briefing');
    ports.humanDecides({ type: 'voicemail' });
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({ ending: { status: 'voicemail' }, caller: 'returned' });
    expect(ports.said).toEqual(['voicemail-message']);
    expectNothingLeft(ports);
  });
});

describe('the caller', () => {
  it('gets the AI back by canceling, and the phone stops ringing', async () => {
    const ports = new FakePorts();
    const transfer = begin(ports);
    await upTo(ports, 'ringing');
    ports.callerCancels();
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({ ending: { status: 'caller-canceled' }, caller: 'returned' });
    expect(ports.callerHeld).toBe(false);
    expectNothingLeft(ports);
  });

  it.each([
    ['dial', 'ringing'],
    ['answer', 'briefing'],
    ['accept', 'connected'],
  ] as const)('is taken from the AI at the %s if so wished, not before', async (holdFrom, phase) => {
    const ports = new FakePorts();
    begin(ports, undefined, { holdFrom });
    await upTo(ports, phase);
    expect(ports.callerHeld).toBe(true);
    const before = new FakePorts();
    begin(before, undefined, { holdFrom });
    if (phase !== 'ringing') await upTo(before, phase === 'briefing' ? 'ringing' : 'briefing');
    expect(before.callerHeld).toBe(phase === 'ringing');
  });

  it('is taken back when they could not be hung up on', async () => {
    const ports = new FakePorts({ 'caller.hangUp': 'hang' });
    const transfer = begin(ports);
    await upTo(ports, 'connected');
    ports.humanLeaves('hung-up');
    await ports.clock.advance(defaultLimits.hangingUpMs);
    expect(ports.callerHeld).toBe(false);
    expect(transfer.ended()).toBe(true);
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
    'targets.resolve',
    'policy.decide',
    'attempt',
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

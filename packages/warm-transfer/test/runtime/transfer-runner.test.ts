import { describe, expect, it, vi } from 'vitest';
import { defaultLimits } from '../../src/options/limits.js';
import { transition } from '../../src/machine/transition.js';
import { TransferRunner } from '../../src/runtime/transfer-runner.js';
import { FakePorts, settlePromises } from '../../src/testing.js';
import { startRun, expectNothingLeft, getStatus, upTo } from '../support/start-run.js';

describe('a transfer over its ports', () => {
  it('takes the caller from the AI in the very tick in which it starts', () => {
    const ports = new FakePorts();
    startRun(ports);
    expect(ports.callerHeld).toBe(true);
    expect(ports.calls).toEqual(['targets.resolve', 'caller.hold', 'attempt', 'consult.open', 'hold.start']);
  });

  it('publishes the tracks of the merge when a phone was answered, after the first word, and not while it only rings', async () => {
    const ports = new FakePorts();
    startRun(ports);
    await upTo(ports, 'ringing');
    expect(ports.calls).toContain('briefing.start');
    expect(ports.calls).not.toContain('merge.publishTracks');
    ports.dialReports({ type: 'answered', humanIdentity: 'ada' });
    await settlePromises();
    // The first word comes first.
    expect(ports.calls).not.toContain('merge.publishTracks');
    await ports.clock.advance(1000);
    expect(ports.calls.filter((call) => call === 'merge.publishTracks')).toHaveLength(1);
  });

  it.each(['key', 'voice'] as const)('tells the merge that the human agent accepted by %s', async (by) => {
    const ports = new FakePorts();
    startRun(ports);
    await upTo(ports, 'briefing');
    const [attempt] = ports.attempts;
    const merge = attempt && vi.spyOn(attempt.merge, 'merge');
    ports.humanDecides({ type: 'accepted', by });
    await settlePromises();
    expect(merge?.mock.calls).toEqual([[expect.any(AbortSignal), by]]);
  });

  it('connects caller and human agent, keeps the AI out, and releases everything when the human hangs up', async () => {
    const ports = new FakePorts();
    const transfer = startRun(ports);
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

  it.each(['ringing', 'briefing'] as const)(
    'fails, and says so, when we lose the consult room while %s: that the human agent left is not known',
    async (phase) => {
      const ports = new FakePorts();
      const transfer = startRun(ports);
      await upTo(ports, phase);
      const cause = new Error('the agent lost the consult room');
      ports.attempts[0]?.consultLost(cause);
      // As the consult room sees it, too.
      ports.humanLeaves('lost');
      await settlePromises();
      await ports.clock.advance(10_000);
      expect(transfer.outcome()).toMatchObject({
        kind: 'over',
        ending: { status: 'failed', cause },
        caller: 'returned',
      });
      expect(transfer.ended()).toBe(true);
      expectNothingLeft(ports);
    },
  );

  it('returns the caller to the AI when the human line is lost after the merge', async () => {
    const ports = new FakePorts();
    const transfer = startRun(ports);
    await upTo(ports, 'connected');
    ports.humanLeaves('lost');
    await settlePromises();
    expect(ports.callerHeld).toBe(false);
    expect(ports.calls).not.toContain('caller.hangUp');
    expect(transfer.ended()).toBe(true);
    expectNothingLeft(ports);
  });

  it('returns the caller with the SIP facts when the line is busy immediately', async () => {
    const ports = new FakePorts();
    const transfer = startRun(ports);
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

  it('stops the phone when the caller hangs up while it rings, and says nothing', async () => {
    const ports = new FakePorts();
    const transfer = startRun(ports);
    await upTo(ports, 'ringing');
    ports.callerLeaves();
    await settlePromises();
    expect(getStatus(transfer.outcome())).toBe('caller-left');
    expect(ports.said).toEqual([]);
    expectNothingLeft(ports);
  });

  it('informs the human agent when the caller hangs up during the briefing', async () => {
    const ports = new FakePorts();
    const transfer = startRun(ports);
    await upTo(ports, 'briefing');
    ports.callerLeaves();
    await settlePromises();
    expect(getStatus(transfer.outcome())).toBe('caller-left');
    expect(ports.said).toEqual(['caller-left']);
    expectNothingLeft(ports);
  });

  it('holds no caller when the caller has left before the first await', async () => {
    const ports = new FakePorts();
    ports.callerPresent = false;
    const transfer = startRun(ports);
    await settlePromises();
    expect(getStatus(transfer.outcome())).toBe('caller-left');
    expect(ports.calls).toEqual(['hold.close']);
    expectNothingLeft(ports);
  });

  it('shows no phase of returning a caller who was never held, and settles in the tick of its cause', async () => {
    const ports = new FakePorts();
    ports.resolution = { type: 'unresolved', ending: { kind: 'ending', status: 'closed' } };
    ports.decide = () => [{ type: 'return' }];
    const restored = vi.fn();
    const phases: string[] = [];
    const caller = { ...ports.caller, restore: restored };
    const run = new TransferRunner({
      ports: Object.assign(ports, { caller }),
      limits: defaultLimits,
      setup: { holdCallerOn: 'dial', maxAttempts: 10 },
      onState: ({ phase }) => phases.push(phase),
    });
    run.start();
    expect(phases).toEqual(['ended']);
    expect(restored).toHaveBeenCalledTimes(1);
    await run.ended;
  });

  it('holds no caller when the signal was aborted beforehand', async () => {
    const ports = new FakePorts();
    const transfer = startRun(ports, AbortSignal.abort(new Error('deadline')));
    await settlePromises();
    expect(transfer.outcome()).toMatchObject({
      ending: { status: 'aborted', cause: new Error('deadline') },
    });
    expect(ports.calls).toEqual(['caller.restore', 'hold.close']);
  });

  it.each(['ringing', 'briefing'] as const)('ends as aborted by its signal while %s', async (phase) => {
    const ports = new FakePorts();
    const controller = new AbortController();
    const transfer = startRun(ports, controller.signal);
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
    const transfer = startRun(ports);
    await upTo(ports, 'ringing');
    ports.callerLeaves();
    ports.dialReports({ type: 'answered', humanIdentity: 'ada' });
    await settlePromises();
    expect(getStatus(transfer.outcome())).toBe('caller-left');
    expect(ports.calls).not.toContain('briefing.brief');
    expectNothingLeft(ports);
  });

  it('plays on without hold audio when it fails, and keeps the cause', async () => {
    const ports = new FakePorts({ 'hold.start': 'reject' });
    const transfer = startRun(ports);
    await upTo(ports, 'connected');
    expect(getStatus(transfer.outcome())).toBe('connected');
    expect(transfer.warnings).toEqual([new Error('hold.start rejected')]);
  });
});

describe('a step that throws', () => {
  it('is a warning, and the events that follow are taken', async () => {
    const ports = new FakePorts();
    const warnings: unknown[] = [];
    const cause = new Error('a step that nobody foresaw');
    const run = new TransferRunner({
      ports,
      limits: defaultLimits,
      setup: { holdCallerOn: 'dial', maxAttempts: 10 },
      step: (state, event) => {
        if (event.type === 'caller-canceled') throw cause;
        return transition(state, event);
      },
      onWarning: (warn) => warnings.push(warn),
    });
    run.start();
    await upTo(ports, 'ringing');
    run.dispatch({ type: 'caller-canceled' });
    run.dispatch({ type: 'caller-left' });
    expect(warnings).toEqual([cause]);
    expect(getStatus(await run.settled)).toBe('caller-left');
  });
});

describe('the caller', () => {
  it('is returned to the AI by canceling, and the phone stops ringing', async () => {
    const ports = new FakePorts();
    const transfer = startRun(ports);
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
  ] as const)('is taken from the AI at the %s if so wished, not before', async (holdCallerOn, phase) => {
    const ports = new FakePorts();
    startRun(ports, undefined, { holdCallerOn });
    await upTo(ports, phase);
    expect(ports.callerHeld).toBe(true);
    const before = new FakePorts();
    startRun(before, undefined, { holdCallerOn });
    if (phase !== 'ringing') await upTo(before, phase === 'briefing' ? 'ringing' : 'briefing');
    expect(before.callerHeld).toBe(phase === 'ringing');
  });

  it('is returned when they could not be hung up on', async () => {
    const ports = new FakePorts({ 'caller.hangUp': 'hang' });
    const transfer = startRun(ports);
    await upTo(ports, 'connected');
    ports.humanLeaves('hung-up');
    await ports.clock.advance(defaultLimits.hangingUpMs);
    expect(ports.callerHeld).toBe(false);
    expect(transfer.ended()).toBe(true);
  });
});

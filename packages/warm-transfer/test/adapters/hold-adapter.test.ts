import { AudioSource } from '@livekit/rtc-node';
import { HoldAudio } from '@org/hold-audio';
import { FakeHoldRoom } from '@org/hold-audio/testing';
import { describe, expect, it, vi } from 'vitest';
import { HoldAdapter } from '../../src/adapters/hold-adapter.js';
import { restartOnceOnTrackFailure } from '../../src/speech/create-hold-audio.js';
import { FakePorts, settlePromises, VirtualClock } from '../../src/testing.js';
import { startRun } from '../support/start-run.js';

/** The calls to the hold audio, and to the listener for the caller. */
function holding(clock: VirtualClock) {
  const done: string[] = [];
  const does = (what: string) => async (): Promise<void> => void done.push(what);
  const hold = {
    publish: () => void done.push('publish'),
    start: does('start'),
    stop: does('stop'),
    close: does('close'),
  };
  const cancelListener = { start: () => void done.push('hear'), stop: () => void done.push('stopListening') };
  return { done, hold: new HoldAdapter({ hold, cancelListener, clock }) };
}

type Holding = ReturnType<typeof holding>;

describe('the hold of a caller', () => {
  it('begins a turn after the request for the consult room, so that making a track does not hold that up', async () => {
    const ports = new FakePorts();
    const { done, hold } = holding(ports.clock);
    startRun(Object.assign(ports, { hold }));
    await ports.clock.advance(0);
    expect(ports.calls).toContain('consult.open');
    expect(done).toEqual([]);
    await ports.clock.advance(1);
    expect(done).toEqual(['hear', 'start']);
  });

  it('publishes its track ahead, once the consult room is there, unless it has begun or is closed by then', async () => {
    const [early, late, closed] = [1, 2, 3].map(() => holding(new VirtualClock())) as [Holding, Holding, Holding];
    const created = Promise.resolve();
    const preparing = [early, late, closed].map(({ hold }) => hold.publishAhead(created));
    void late.hold.start(new AbortController().signal);
    await closed.hold.close();
    await Promise.all(preparing);
    expect([early.done, late.done, closed.done]).toEqual([['publish'], [], ['stopListening', 'close']]);
    await early.hold.release();
    await late.hold.release();
    expect([early.done, late.done]).toEqual([['publish', 'stopListening', 'close'], []]);
  });

  it('that is over before it began is not begun, and no listener starts', async () => {
    const clock = new VirtualClock();
    const { done, hold } = holding(clock);
    const over = new AbortController();
    const starting = hold.start(over.signal).catch((error: unknown) => error);
    over.abort(new Error('the hold is over'));
    await hold.stop();
    await clock.advance(1);
    expect(await starting).toEqual(new Error('the hold is over'));
    expect(done).toEqual(['stopListening', 'stop']);
  });

  it('is heard as long as it lasts, from 150 ms after its first audio on', async () => {
    const clock = new VirtualClock();
    const { done, hold } = holding(clock);
    const starting = hold.start(new AbortController().signal).then(() => done.push('heard'));
    await clock.advance(1 + 149);
    expect(done).toEqual(['hear', 'start']);
    await clock.advance(1);
    await starting;
    await hold.close();
    expect(done).toEqual(['hear', 'start', 'heard', 'stopListening', 'close']);
  });

  it('that is over before it is heard delays no caller, and no timer', async () => {
    const clock = new VirtualClock();
    const { hold } = holding(clock);
    const over = new AbortController();
    const starting = hold.start(over.signal);
    await clock.advance(1);
    expect(clock.pending).toBe(1);
    over.abort(new Error('the hold is over'));
    await starting;
    expect(clock.pending).toBe(0);
  });
});

describe('hold audio that breaks off', () => {
  it('is restarted on a track of its own, not for ever, and each time is a warning', async () => {
    const room = new FakeHoldRoom();
    await using hold = new HoldAudio({ room, fadeInMs: 0, fadeOutMs: 0 });
    const warnings: unknown[] = [];
    restartOnceOnTrackFailure(hold, (cause) => warnings.push(cause));
    await hold.start();
    const breakOff = async (times: number): Promise<void> => {
      using _broken = vi.spyOn(AudioSource.prototype, 'captureFrame').mockRejectedValue(new Error('no more audio'));
      await vi.waitFor(() => expect(warnings).toHaveLength(times), { timeout: 10_000 });
    };
    await breakOff(1);
    await vi.waitFor(() => expect(hold.state).toBe('playing'), { timeout: 5000 });
    expect(room.publishCount).toBe(2);
    await breakOff(2);
    await settlePromises();
    expect([hold.state, room.publishCount, room.published.size]).toEqual(['idle', 2, 0]);
    const warn = { message: 'the hold audio broke off', cause: new Error('no more audio') };
    expect(warnings).toEqual([expect.objectContaining(warn), expect.objectContaining(warn)]);
  });

  it('is not played again for a caller who is no longer on hold', async () => {
    const room = new FakeHoldRoom();
    const hold = new HoldAudio({ room, fadeInMs: 0, fadeOutMs: 0 });
    const warnings: unknown[] = [];
    restartOnceOnTrackFailure(hold, (cause) => warnings.push(cause));
    await hold.start();
    await hold.stop();
    expect([hold.state, room.publishCount, warnings]).toEqual(['idle', 1, []]);
    await hold.close();
  });
});

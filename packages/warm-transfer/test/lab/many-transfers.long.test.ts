import { type Room, RoomEvent } from '@livekit/rtc-node';
import { countAudioSources, startPhoneLab } from '@org/phone-lab';
import { expect, it, vi } from 'vitest';
import { WarmTransfer } from '../../src/index.js';
import { startCallCenter, voices } from '../support/call-center.js';

const WARM_UP = 5;
const TRANSFERS = 50;

interface Held {
  readonly timers: number;
  readonly listeners: number;
  readonly tracks: number;
  readonly audioSources: number;
}

/** Things that a transfer could leave in this process. */
function held(room: Room | undefined): Held {
  return {
    timers: process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length,
    listeners: Object.values(RoomEvent).reduce((sum, event) => sum + (room?.listenerCount(event) ?? 0), 0),
    tracks: room?.localParticipant?.trackPublications.size ?? 0,
    audioSources: countAudioSources(),
  };
}

it(
  'fifty transfers of one caller, answered or not, leave no room, phone, timer, listener, track or audio source',
  async () => {
    await using lab = await startPhoneLab();
    await using center = await startCallCenter(lab);
    const statuses: string[] = [];
    let before: Held | undefined;
    for (let count = 0; count < WARM_UP + TRANSFERS; count += 1) {
      if (count === WARM_UP) before = held(center.options.room);
      const declines = count % 5 === 0;
      center.phone(async (call) => {
        if (!declines) return call.reject(486);
        await call.answer();
        await call.waitToHear(voices.agent, { forMs: 500 });
        await call.wait(1500);
        await call.say('no');
      });
      await using transfer = new WarmTransfer(center.options);
      const { status } = await transfer.run();
      statuses.push(status);
      await transfer.closed();
      expect(center.session.output.audioEnabled).toBe(true);
    }
    expect(statuses.filter((status) => status === 'busy')).toHaveLength(((WARM_UP + TRANSFERS) * 4) / 5);
    expect(statuses.filter((status) => status === 'declined')).toHaveLength((WARM_UP + TRANSFERS) / 5);
    // The sessions' own timers come and go: it is what stays that counts.
    await vi.waitFor(
      () => {
        const { timers, ...others } = held(center.options.room);
        const { timers: _timers, ...othersBefore } = before ?? {};
        expect(others).toEqual(othersBefore);
        expect(timers).toBeLessThanOrEqual(before?.timers ?? 0);
      },
      { timeout: 10_000, interval: 50 },
    );
    const left = (await lab.leftNothing()).filter(({ kind }) => kind !== 'socket' && kind !== 'participant');
    // The caller and the AI's own voice, which continue.
    expect(left.map(({ what }) => what)).toEqual([
      expect.stringContaining('is active in room caller-room'),
      expect.stringContaining('(roomio_audio) of agent in room caller-room'),
    ]);
  },
  15 * 60_000,
);

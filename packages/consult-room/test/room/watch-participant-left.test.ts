import { RoomEvent } from '@livekit/rtc-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ParticipantLeft, watchParticipantLeft } from '../../src/index.ts';
import { FakeRoom } from '../support/fake-room.ts';

let room: FakeRoom;
let stop: () => void;
const left: ParticipantLeft[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  left.length = 0;
  room = new FakeRoom('room');
  room.join('caller');
  stop = watchParticipantLeft(room, 'caller', (one) => left.push(one));
});
afterEach(() => vi.useRealTimers());

/** LiveKit's `DisconnectReason`s. */
const [unknown, clientInitiated] = [0, 1];

describe('a participant who leaves', () => {
  it('is reported immediately if there is a reason, and after a second otherwise', async () => {
    room.leave('caller', clientInitiated);
    expect(left).toMatchObject([{ identity: 'caller', how: 'hung-up' }]);
    room.join('caller');
    room.leave('caller', unknown);
    await vi.advanceTimersByTimeAsync(900);
    expect(left).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(left).toMatchObject([{}, { how: 'lost' }]);
  });

  it('is not reported when the participant is back within that second', async () => {
    room.leave('caller', unknown);
    await vi.advanceTimersByTimeAsync(500);
    room.join('caller');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(left).toEqual([]);
  });

  it('has ten seconds to come back after this client has reconnected, as after a restart of the server', async () => {
    room.leave('caller', unknown);
    room.emit(RoomEvent.Reconnected);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(left).toEqual([]);
    room.join('caller');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(left).toEqual([]);
    room.leave('caller', unknown);
    room.emit(RoomEvent.Reconnected);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(left).toHaveLength(1);
  });

  it('is not reported, and not awaited, once the watch has stopped', async () => {
    room.leave('caller', unknown);
    stop();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(left).toEqual([]);
    expect([vi.getTimerCount(), room.listening]).toEqual([0, 0]);
  });
});

import { RoomEvent } from '@livekit/rtc-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchDeparture } from '../../src/index.ts';
import type { ParticipantLeft } from '../../src/index.ts';
import { SeenRoom } from '../support/fake-room.ts';

let room: SeenRoom;
let stop: () => void;
const left: ParticipantLeft[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  left.length = 0;
  room = new SeenRoom('room');
  room.join('caller');
  stop = watchDeparture(room, 'caller', (one) => left.push(one));
});
afterEach(() => vi.useRealTimers());

/** LiveKit's `DisconnectReason`s. */
const [unknown, clientInitiated] = [0, 1];

describe('a participant who leaves', () => {
  it('is told of at once where there is a reason, and after a second where there is none', async () => {
    room.leave('caller', clientInitiated);
    expect(left).toMatchObject([{ identity: 'caller', how: 'hung-up' }]);
    room.join('caller');
    room.leave('caller', unknown);
    await vi.advanceTimersByTimeAsync(900);
    expect(left).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(left).toMatchObject([{}, { how: 'lost' }]);
  });

  it('is not when they are back within that second', async () => {
    room.leave('caller', unknown);
    await vi.advanceTimersByTimeAsync(500);
    room.join('caller');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(left).toEqual([]);
  });

  it('has ten seconds to come back when we have connected anew, as after a restart of the server', async () => {
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

  it('is not told of, and not waited for, once the watch has stopped', async () => {
    room.leave('caller', unknown);
    stop();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(left).toEqual([]);
    expect([vi.getTimerCount(), room.listening]).toEqual([0, 0]);
  });
});

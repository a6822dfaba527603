import { DisconnectReason, type Room } from '@livekit/rtc-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isLeftAlone } from '../../src/adapters/abandoned-caller.js';

const room = { name: 'caller-room', localParticipant: { identity: 'agent' } } as unknown as Room;

interface Listed {
  readonly identity: string;
  readonly kind: number;
}

const [caller, us, egress, human] = [
  { identity: 'caller', kind: 3 },
  { identity: 'agent', kind: 4 },
  { identity: 'egress', kind: 2 },
  { identity: 'human-agent', kind: 3 },
] as const;

const alone = (people: readonly Listed[], reason = DisconnectReason.CONNECTION_TIMEOUT): Promise<boolean> =>
  isLeftAlone({ listParticipants: () => Promise.resolve(people) }, room, 'caller', reason);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a caller whose room we have lost', () => {
  it('is left alone by it, whether or not the server still lists us, or a recorder is there', async () => {
    expect(await alone([caller])).toBe(true);
    expect(await alone([caller, us, egress])).toBe(true);
  });

  it('is not where a human agent, or another agent, is with them, or they have left', async () => {
    expect(await alone([caller, human])).toBe(false);
    expect(await alone([caller, { identity: 'another-agent', kind: 4 }])).toBe(false);
    expect(await alone([egress])).toBe(false);
  });

  it('is not for a reason that the program, another agent or the end of the room has given', async () => {
    for (const reason of ['CLIENT_INITIATED', 'DUPLICATE_IDENTITY', 'ROOM_DELETED', 'ROOM_CLOSED'] as const) {
      expect(await alone([caller], DisconnectReason[reason])).toBe(false);
    }
  });

  it('is looked for again while the server cannot be asked, for minutes', async () => {
    const listParticipants = vi.fn(() => Promise.reject(new Error('fetch failed')));
    const never = isLeftAlone({ listParticipants }, room, 'caller', DisconnectReason.SIGNAL_CLOSE);
    await vi.advanceTimersByTimeAsync(300_000);
    expect([await never, listParticipants.mock.calls.length]).toEqual([false, 10]);
    listParticipants.mockClear();
    const later = isLeftAlone(
      {
        listParticipants: () =>
          listParticipants.mock.calls.length < 3 ? listParticipants() : Promise.resolve([caller]),
      },
      room,
      'caller',
      DisconnectReason.SIGNAL_CLOSE,
    );
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await later).toBe(true);
  });
});

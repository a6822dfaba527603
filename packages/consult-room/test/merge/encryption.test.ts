import { EncryptionType, type Room, TrackKind, TrackSource } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { findMixedEncryption } from '../../src/merge/encryption.ts';

/** A connection, and a participant with these tracks, as far as the code reads them. */
function roomWith(encrypts: boolean, identity: string, tracks: readonly object[]): Room {
  const participant = { trackPublications: new Map(tracks.map((track, index) => [String(index), track])) };
  const room = { e2eeManager: { enabled: encrypts }, remoteParticipants: new Map([[identity, participant]]) };
  return room as unknown as Room;
}

function voice(encrypted: boolean | undefined): object {
  const encryptionType = encrypted ? EncryptionType.GCM : EncryptionType.NONE;
  return {
    kind: TrackKind.KIND_AUDIO,
    source: TrackSource.SOURCE_MICROPHONE,
    encryptionType: encrypted === undefined ? undefined : encryptionType,
  };
}

function find(rooms: { caller: Room; consult: Room }): string | undefined {
  const { caller: callerRoom, consult: consultRoom } = rooms;
  return findMixedEncryption({ callerRoom, callerIdentity: 'caller', consultRoom, humanIdentity: 'human' })?.code;
}

const all = Array.from({ length: 16 }, (_, bits) => [1, 2, 4, 8].map((bit) => (bits & bit) !== 0));

describe('mixed encryption', () => {
  it('is found in every mixture of two connections and two voices, but not if all or none are encrypted', () => {
    const found = all.map(([callerRoom = false, caller = false, consultRoom = false, human = false]) =>
      find({
        caller: roomWith(callerRoom, 'caller', [voice(caller)]),
        consult: roomWith(consultRoom, 'human', [voice(human)]),
      }),
    );
    expect([found[0], found[15]]).toEqual([undefined, undefined]);
    expect(found.slice(1, 15)).toEqual(Array.from({ length: 14 }, () => 'encrypted'));
  });

  it('is found between the connections before a track is published', () => {
    const clear = roomWith(false, 'human', []);
    expect(find({ caller: roomWith(true, 'caller', []), consult: clear })).toBe('encrypted');
    expect(find({ caller: roomWith(false, 'caller', []), consult: clear })).toBeUndefined();
  });

  it('is not found in video, in the sound of a shared screen, or in a track without an encryption type', () => {
    const tracks = [
      { ...voice(true), kind: TrackKind.KIND_VIDEO },
      { ...voice(true), source: TrackSource.SOURCE_SCREENSHARE_AUDIO },
      voice(undefined),
    ];
    expect(find({ caller: roomWith(false, 'caller', tracks), consult: roomWith(false, 'human', []) })).toBeUndefined();
  });
});

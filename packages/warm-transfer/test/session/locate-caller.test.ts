import type { voice } from '@livekit/agents';
import { ParticipantKind, type Room } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { locateCaller } from '../../src/session/locate-caller.js';

const server = { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' };

function roomOf(name: string, ...callers: readonly string[]): Room {
  const people = callers.map((identity) => [identity, { identity, info: { kind: ParticipantKind.SIP } }] as const);
  return { name, remoteParticipants: new Map(people) } as unknown as Room;
}

/** A session that was started in a room, as its room I/O reports it. */
function sessionIn(room: Room | undefined, linked?: string, job?: { readonly room: Room }): voice.AgentSession {
  const linkedParticipant = linked === undefined ? undefined : { identity: linked };
  return { _roomIO: { rtcRoom: room, linkedParticipant, jobContext: job } } as unknown as voice.AgentSession;
}

describe('the caller', () => {
  it('is looked for in the room of the session, and not in that of its job', () => {
    const job = { room: roomOf('room of the job', 'somebody', 'somebody else'), info: server };
    const session = sessionIn(roomOf('room of the session', 'caller'), undefined, job);
    expect(locateCaller({ session }, {})).toMatchObject({
      callerRoomName: 'room of the session',
      callerIdentity: 'caller',
      ...server,
    });
    expect(locateCaller({ session: sessionIn(undefined, 'caller', job) }, {})).toMatchObject({
      callerRoomName: 'room of the job',
    });
  });

  it('is whom the options name, else whom the session is linked to, else the only one who can be', () => {
    const room = roomOf('room', 'ada', 'bea');
    expect(locateCaller({ ...server, session: sessionIn(room, 'ada'), callerIdentity: 'bea' }, {}).callerIdentity).toBe(
      'bea',
    );
    expect(locateCaller({ ...server, session: sessionIn(room, 'ada') }, {}).callerIdentity).toBe('ada');
    expect(() => locateCaller({ ...server, session: sessionIn(room) }, {})).toThrow('give `callerIdentity`');
  });
});

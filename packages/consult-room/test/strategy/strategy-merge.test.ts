import { DisconnectReason } from '@livekit/rtc-node';
import { describe, expect, it, vi } from 'vitest';
import { type CallMerge, type ConsultRoomError, createMerge } from '../../src/index.ts';
import { InMemoryRoomService } from '../../src/testing.ts';
import { FakeRoom } from '../support/fake-room.ts';

const broken = (): Error => Object.assign(new Error('internal'), { name: 'ServerError', status: 500 });

const caller = { identity: 'caller', kind: 3 } as const;
const human = { identity: 'human', kind: 3 } as const;

interface World {
  readonly merge: CallMerge;
  readonly participants: MovingService;
  readonly callerRoom: FakeRoom;
  readonly consultRoom: FakeRoom;
  readonly warnings: readonly ConsultRoomError[];
}

/** Moves participants also in both rooms as this process sees them. */
class MovingService extends InMemoryRoomService {
  readonly #rooms: ReadonlyMap<string, FakeRoom>;

  constructor(rooms: readonly FakeRoom[]) {
    super();
    this.#rooms = new Map(rooms.map((room) => [room.name, room]));
    this.addParticipant('main', caller);
    this.addParticipant('consult', human);
  }

  override async moveParticipant(from: string, identity: string, to: string): Promise<void> {
    await super.moveParticipant(from, identity, to);
    this.#rooms.get(from)?.leave(identity, DisconnectReason.UNKNOWN_REASON);
    this.#rooms.get(to)?.join(identity);
  }

  override async removeParticipant(from: string, identity: string): Promise<void> {
    await super.removeParticipant(from, identity);
    this.#rooms.get(from)?.leave(identity, DisconnectReason.PARTICIPANT_REMOVED);
  }

  /** Moves the human agent without a new request: by an abandoned one. */
  moveLate(): Promise<void> {
    return InMemoryRoomService.prototype.moveParticipant
      .call(this, 'consult', 'human', 'main')
      .then(() => this.#rooms.get('consult')?.leave('human', DisconnectReason.UNKNOWN_REASON))
      .then(() => this.#rooms.get('main')?.join('human'));
  }
}

function world(options: { readonly verifyTimeoutMs?: number } = {}): World {
  const [callerRoom, consultRoom] = [new FakeRoom('main'), new FakeRoom('consult')];
  callerRoom.join('caller');
  consultRoom.join('human');
  const participants = new MovingService([callerRoom, consultRoom]);
  const warnings: ConsultRoomError[] = [];
  const merge = createMerge({
    strategy: 'move',
    server: { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' },
    participants,
    callerRoom,
    callerIdentity: 'caller',
    consultRoom,
    humanIdentity: 'human',
    verifyTimeoutMs: 10_000,
    moveTimeoutMs: 100,
    onWarning: (warning) => warnings.push(warning),
    ...options,
  });
  return { merge, participants, callerRoom, consultRoom, warnings };
}

describe('a merge by a move', () => {
  it('reports that both are in one room, then who left, and listens to no room once it is closed', async () => {
    const { merge, callerRoom, consultRoom } = world();
    const before = [callerRoom.listening, consultRoom.listening];
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'move' });
    expect(await merge.merge()).toBe(result);
    await merge.together;
    callerRoom.leave('human', DisconnectReason.CLIENT_INITIATED);
    const end = { cause: 'human-left', left: { identity: 'human', how: 'hung-up' } };
    expect(await merge.ended).toMatchObject(end);
    expect(result.merged && (await result.call.ended)).toMatchObject(end);
    expect(await merge.merge()).toEqual({ merged: false, reason: 'human-left' });
    await merge.close();
    expect([callerRoom.listening, consultRoom.listening]).toEqual(before);
  });

  it('succeeds when the room has shown it, although listings lag behind for longer than a move waits', async () => {
    const { merge, participants } = world();
    participants.listParticipants = (room) => Promise.resolve(room === 'main' ? [caller] : [human]);
    expect(await merge.merge()).toMatchObject({ merged: true, by: 'move' });
    await merge.close();
  });

  it('ends when the human agent hangs up while it waits for the move', async () => {
    const { merge, participants, consultRoom } = world();
    participants.failNext('moveParticipant', 'hang');
    const merging = merge.merge();
    consultRoom.leave('human', DisconnectReason.CLIENT_INITIATED);
    expect(await merging).toEqual({ merged: false, reason: 'human-left' });
    expect(consultRoom.remoteParticipants.size).toBe(0);
    await merge.close();
  });

  it('moves the human agent back when it is aborted meanwhile, and succeeds the next time', async () => {
    const { merge, participants } = world();
    const abort = new AbortController();
    const merging = merge.merge({ signal: abort.signal });
    await vi.waitFor(async () => expect(await participants.listParticipants('main')).toHaveLength(2));
    abort.abort();
    expect(await merging).toEqual({ merged: false, reason: 'aborted' });
    expect(await participants.listParticipants('consult')).toMatchObject([{ identity: 'human' }]);
    expect(await merge.merge()).toMatchObject({ merged: true, by: 'move' });
    await merge.close();
    expect(await participants.listParticipants('main')).toHaveLength(2);
  });

  it.each(['open', 'closed'])('removes a human agent whom an abandoned request moves later: %s', async (is) => {
    const { merge, participants, callerRoom, consultRoom } = world();
    participants.failNext('moveParticipant', broken());
    expect(await merge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'server' } });
    if (is === 'closed') await merge.close();
    await participants.moveLate();
    await vi.waitFor(async () =>
      expect(await participants.listParticipants('main')).toMatchObject([{ identity: 'caller' }]),
    );
    expect((await merge.ended).cause).toBe(is === 'closed' ? 'closed' : 'human-left');
    await merge.close();
    expect([callerRoom.listening, consultRoom.listening]).toEqual([0, 0]);
  });
});

import { DisconnectReason } from '@livekit/rtc-node';
import { describe, expect, it, vi } from 'vitest';
import { createMerge } from '../../src/index.ts';
import type { CallMerge, ConsultRoomError } from '../../src/index.ts';
import { InMemoryRoomService } from '../../src/testing.ts';
import { SeenRoom } from '../support/fake-room.ts';

const broken = (): Error => Object.assign(new Error('internal'), { name: 'ServerError', status: 500 });

const caller = { identity: 'caller', kind: 3 } as const;
const human = { identity: 'human', kind: 3 } as const;

interface World {
  readonly merge: CallMerge;
  readonly people: MovingService;
  readonly callerRoom: SeenRoom;
  readonly consultRoom: SeenRoom;
  readonly warnings: readonly ConsultRoomError[];
}

/** Moves participants in both rooms as this process sees them, too. */
class MovingService extends InMemoryRoomService {
  readonly #rooms: ReadonlyMap<string, SeenRoom>;

  constructor(rooms: readonly SeenRoom[]) {
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

  /** Without a request of ours: one that was given up. */
  moveLate(): Promise<void> {
    return InMemoryRoomService.prototype.moveParticipant
      .call(this, 'consult', 'human', 'main')
      .then(() => this.#rooms.get('consult')?.leave('human', DisconnectReason.UNKNOWN_REASON))
      .then(() => this.#rooms.get('main')?.join('human'));
  }
}

function world(options: { readonly proofTimeoutMs?: number } = {}): World {
  const [callerRoom, consultRoom] = [new SeenRoom('main'), new SeenRoom('consult')];
  callerRoom.join('caller');
  consultRoom.join('human');
  const people = new MovingService([callerRoom, consultRoom]);
  const warnings: ConsultRoomError[] = [];
  const merge = createMerge({
    strategy: 'move',
    server: { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' },
    people,
    callerRoom,
    callerIdentity: 'caller',
    consultRoom,
    humanIdentity: 'human',
    proofTimeoutMs: 10_000,
    moveTimeoutMs: 100,
    onWarning: (warning) => warnings.push(warning),
    ...options,
  });
  return { merge, people, callerRoom, consultRoom, warnings };
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

  it('counts when the room has shown it, where listings lag behind by more than a move waits for them', async () => {
    const { merge, people } = world();
    people.listParticipants = (room) => Promise.resolve(room === 'main' ? [caller] : [human]);
    expect(await merge.merge()).toMatchObject({ merged: true, by: 'move' });
    await merge.close();
  });

  it('is over when the human agent hangs up while it waits for the move', async () => {
    const { merge, people, consultRoom } = world();
    people.failNext('moveParticipant', 'hang');
    const merging = merge.merge();
    consultRoom.leave('human', DisconnectReason.CLIENT_INITIATED);
    expect(await merging).toEqual({ merged: false, reason: 'human-left' });
    expect(consultRoom.remoteParticipants.size).toBe(0);
    await merge.close();
  });

  it('moves the human agent back when it is aborted meanwhile, and works the next time', async () => {
    const { merge, people } = world();
    const abort = new AbortController();
    const merging = merge.merge({ signal: abort.signal });
    await vi.waitFor(async () => expect(await people.listParticipants('main')).toHaveLength(2));
    abort.abort();
    expect(await merging).toEqual({ merged: false, reason: 'aborted' });
    expect(await people.listParticipants('consult')).toMatchObject([{ identity: 'human' }]);
    expect(await merge.merge()).toMatchObject({ merged: true, by: 'move' });
    await merge.close();
    expect(await people.listParticipants('main')).toHaveLength(2);
  });

  it.each(['open', 'closed'])('removes a human agent whom a given-up request moves later: %s', async (is) => {
    const { merge, people, callerRoom, consultRoom } = world();
    people.failNext('moveParticipant', broken());
    expect(await merge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'server' } });
    if (is === 'closed') await merge.close();
    await people.moveLate();
    await vi.waitFor(async () => expect(await people.listParticipants('main')).toMatchObject([{ identity: 'caller' }]));
    expect((await merge.ended).cause).toBe(is === 'closed' ? 'closed' : 'human-left');
    await merge.close();
    expect([callerRoom.listening, consultRoom.listening]).toEqual([0, 0]);
  });
});

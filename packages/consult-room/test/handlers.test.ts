import { Room } from '@livekit/rtc-node';
import { describe, expect, it, vi } from 'vitest';
import { LiveCall } from '../src/call/live-call.ts';
import type { Talk } from '../src/call/talk.ts';
import { createMerge } from '../src/index.ts';
import type { ConsultRoomError } from '../src/index.ts';
import { RoomConnection } from '../src/room/room-connection.ts';
import { guardHandler } from '../src/support/guard-handler.ts';
import { InMemoryRoomService } from '../src/testing.ts';
import { NamedRoom } from './support/named-room.ts';
import { processWarnings } from './support/process-warnings.ts';

const full = new Error('the disk is full');

describe('a handler of the application', () => {
  it('is called again after it failed, and reported once, whether it throws or rejects', async () => {
    const reports: ConsultRoomError[] = [];
    const failing = {
      throws: vi.fn(() => {
        throw full;
      }),
      rejects: vi.fn(() => Promise.reject(full)),
    };
    for (const [name, handler] of Object.entries(failing)) {
      const guarded = guardHandler<[]>(
        name,
        () => handler(),
        (error) => reports.push(error),
      );
      guarded();
      guarded();
      expect(handler).toHaveBeenCalledTimes(2);
    }
    await vi.waitFor(() => expect(reports).toHaveLength(2));
    expect(reports).toMatchObject([
      { code: 'handler-failed', message: 'throws failed; what called it continues', cause: full },
      { code: 'handler-failed', message: 'rejects failed; what called it continues', cause: full },
    ]);
  });
});

describe('onWarning', () => {
  it('may throw, and the merge falls back to the bridge all the same', async () => {
    using seen = processWarnings();
    const people = new InMemoryRoomService();
    people.addParticipant('consult', { identity: 'human', kind: 3 });
    const merge = createMerge({
      callerRoom: new NamedRoom('caller'),
      callerIdentity: 'caller',
      consultRoom: new NamedRoom('consult'),
      humanIdentity: 'human',
      strategy: 'auto',
      server: { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' },
      supportsMove: true,
      people,
      onWarning: () => {
        throw full;
      },
    });
    people.failNext('moveParticipant', new Error('something broke'));
    // The rooms of this test are not connected, which only the bridge minds.
    expect(await merge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'media' } });
    await merge.close();
    await vi.waitFor(() => expect(seen.warnings).toMatchObject([{ code: 'handler-failed', cause: full }]));
  });
});

describe('a call whose line changes', () => {
  it('warns of a mute that the server refuses on the new line, and continues', async () => {
    const warnings: ConsultRoomError[] = [];
    const seat = { room: new Room(), identity: 'somebody' };
    const talk: Talk = {
      by: 'bridge',
      seats: { caller: seat, human: seat },
      mute: () => Promise.resolve(),
      listen: () => () => undefined,
      statistics: () => Promise.reject(full),
      add: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    };
    const call = new LiveCall(talk, { people: undefined, onWarning: (warning) => warnings.push(warning) });
    await call.mute('caller');
    await call.switchTo({ ...talk, by: 'move', mute: () => Promise.reject(full) });
    expect(call.by).toBe('move');
    expect(warnings).toMatchObject([{ code: 'server', cause: full }]);
  });
});

describe('a connection that fails', () => {
  class BrokenRoom extends Room {
    override connect(): Promise<void> {
      return Promise.reject(new Error('no route'));
    }

    override disconnect(): Promise<void> {
      return Promise.reject(new Error('nothing to leave'));
    }
  }

  it('is reported by whoever waits for it, and leaves no rejection of its own', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const connection = new RoomConnection(new BrokenRoom(), 'ws://127.0.0.1:9', 'token', 1_000);
    await expect(connection.joined).rejects.toMatchObject({ code: 'media' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
    await expect(connection.close(1_000)).rejects.toThrow('nothing to leave');
  });
});

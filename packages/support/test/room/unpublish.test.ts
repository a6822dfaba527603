import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PublishingRoom, unpublish } from '../../src/index.ts';

const [connected, reconnecting] = [1, 2];

/** A room that reconnects as rtc-node does: what was published is published again, under another identifier. */
class Reconnecting extends EventEmitter implements PublishingRoom {
  isConnected = true;
  connectionState: number = connected;
  readonly publication = { sid: 'TR_1' };
  readonly published = new Set(['TR_1']);
  readonly localParticipant = {
    unpublishTrack: async (sid: string): Promise<void> => {
      if (!this.published.delete(sid)) throw new Error('track not found');
    },
  };

  reconnected(): void {
    this.connectionState = connected;
    this.published.clear();
    this.publication.sid = 'TR_2';
    this.published.add('TR_2');
    this.emit('reconnected');
  }
}

let room: Reconnecting;
beforeEach(() => {
  vi.useFakeTimers();
  room = new Reconnecting();
});
afterEach(() => vi.useRealTimers());

describe('a track that is taken back', () => {
  it('is gone immediately in a room that is connected', async () => {
    await unpublish(room, room.publication);
    expect(room.published.size).toBe(0);
  });

  it('is not published for good by a reconnect that is under way', async () => {
    room.connectionState = reconnecting;
    const done = unpublish(room, room.publication);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(room.published.size).toBe(1);
    room.reconnected();
    await done;
    expect([room.published.size, room.listenerCount('reconnected'), room.listenerCount('disconnected')]).toEqual([
      0, 0, 0,
    ]);
  });

  it('is taken back again when a reconnect that was not seen yet has overtaken it', async () => {
    room.published.clear();
    const done = unpublish(room, room.publication);
    await vi.advanceTimersByTimeAsync(100);
    room.reconnected();
    await vi.advanceTimersByTimeAsync(1_000);
    await done;
    expect(room.published.size).toBe(0);
  });

  it('is gone with a room that is lost while it reconnects', async () => {
    room.connectionState = reconnecting;
    const done = unpublish(room, room.publication);
    room.isConnected = false;
    room.connectionState = 0;
    room.emit('disconnected');
    await expect(done).resolves.toBeUndefined();
  });

  it('fails with what the room says when nothing has overtaken it', async () => {
    room.published.clear();
    const done = unpublish(room, room.publication).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await done).toEqual(new Error('track not found'));
  });
});

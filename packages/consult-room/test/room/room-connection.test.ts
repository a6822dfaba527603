import { Room } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { RoomConnection } from '../../src/room/room-connection.ts';

describe('a connection that fails', () => {
  class BrokenRoom extends Room {
    override connect(): Promise<void> {
      return Promise.reject(new Error('no route'));
    }

    override disconnect(): Promise<void> {
      return Promise.reject(new Error('nothing to leave'));
    }
  }

  it('is reported to its caller, and leaves no unhandled rejection', async () => {
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

import type { Room } from '@livekit/rtc-node';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { within } from '../async/with-timeout.js';

/**
 * One connection to a room, from the first moment of connecting.
 *
 * Connecting cannot be interrupted, and a client that arrives after its room was deleted makes the server create the
 * room again: so `close()` waits for the arrival, and an arrival that comes later still is sent away.
 */
export class RoomConnection {
  readonly room: Room;
  readonly joined: Promise<Room>;
  readonly #settled: Promise<void>;

  constructor(room: Room, url: string, token: string, limitMs: number) {
    this.room = room;
    const connecting = room.connect(url.replace(/^http/, 'ws'), token, { autoSubscribe: true, dynacast: false });
    this.#settled = connecting.then(
      () => undefined,
      () => undefined, // The failure is told by `joined`; here only the end of the attempt counts.
    );
    this.joined = within(connecting, limitMs, 'join the consult room').then(
      () => room,
      (error: unknown) => {
        // `close()` does it again, and reports how it failed.
        void this.#disconnectOnceSettled().catch(() => undefined);
        throw toConsultRoomError(error, 'join the consult room', 'media');
      },
    );
  }

  async close(limitMs: number): Promise<void> {
    await within(this.#disconnectOnceSettled(), limitMs, 'leave the consult room');
  }

  async #disconnectOnceSettled(): Promise<void> {
    await this.#settled;
    await this.room.disconnect();
  }
}

import type { Room } from '@livekit/rtc-node';
import { within } from '@org/support';
import { sipKind } from '../api/room-service.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { timedOut } from '../async/timed-out.js';
import type { CloseProblem } from './close-report.js';

/**
 * One connection to a room, from its very start.
 *
 * Connecting cannot be interrupted, and a client that arrives after its room was deleted makes the server create the
 * room again: so `close()` waits for the client to arrive, and a client that arrives even later is disconnected.
 */
export class RoomConnection {
  readonly room: Room;
  readonly joined: Promise<Room>;
  readonly #settled: Promise<void>;

  constructor(room: Room, url: string, token: string, timeoutMs: number) {
    this.room = room;
    const connecting = room.connect(url.replace(/^http/, 'ws'), token, { autoSubscribe: true, dynacast: false });
    this.#settled = connecting.then(
      () => undefined,
      () => undefined, // `joined` reports the failure; only the end of the attempt counts here.
    );
    this.joined = within(timeoutMs, connecting, timedOut('join the consult room')).then(
      () => room,
      (error: unknown) => {
        // `close()` disconnects again, and reports the failure.
        void this.#disconnectOnceSettled().catch(() => undefined);
        throw toConsultRoomError(error, 'join the consult room', 'media');
      },
    );
  }

  async close(timeoutMs: number): Promise<void> {
    await within(timeoutMs, this.#disconnectOnceSettled(), timedOut('leave the consult room'));
  }

  async #disconnectOnceSettled(): Promise<void> {
    await this.#settled;
    await this.room.disconnect();
  }
}

/** Leaves the room that was joined, if any. Resolves to the problem if that fails. Never rejects. */
export async function leaveRoom(
  connection: RoomConnection | undefined,
  timeoutMs: number,
): Promise<readonly CloseProblem[]> {
  try {
    await connection?.close(timeoutMs);
    return [];
  } catch (error) {
    return [{ step: 'disconnect', error: toConsultRoomError(error, 'leave the consult room', 'media') }];
  }
}

/** Returns the identities of the phones in a room, as this process sees it. */
export function phonesIn(room: Room): readonly string[] {
  const participants = [...room.remoteParticipants.values()];
  return participants.filter(({ info }) => Number(info.kind) === sipKind).map(({ identity }) => identity);
}

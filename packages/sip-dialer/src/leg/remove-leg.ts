import { within } from '@org/support';
import { saysNotFound } from '../api/api-failure.js';
import type { RoomApi } from '../api/room-api.js';
import { type Clock, pause } from '../clock.js';
import type { LegPlace } from './leg-observer.js';

export interface RemoveLegOptions {
  readonly rooms: RoomApi;
  readonly place: LegPlace;
  readonly clock: Clock;
  /** How long to try, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether the leg is known to be in the room with its media connected. */
  readonly ready?: boolean;
  /** Whether a leg that is not in the room may still join. */
  readonly mayJoin?: () => boolean;
  /** Resolves when the result of `mayJoin` changes; `undefined` if no event announces that. */
  readonly changed?: () => Promise<void> | undefined;
  /** Called once, when a leg that was in the room has left, although it may return: a gateway may repeat its join. */
  readonly onGone?: () => void;
}

export interface RemoveLegResult {
  /** The room was seen without the leg, and the leg can no longer join. */
  readonly verified: boolean;
  /** The last error of the server. */
  readonly error?: unknown;
}

const firstPauseMs = 20;
const longestPauseMs = 500;
/** For one request to the server. */
const requestTimeoutMs = 3_000;
/** How long a leg may take from the signal connection to the media connection. */
const joiningTimeoutMs = 2_000;
/** From this `ParticipantInfo.state` on, the server has the leg's media connection. */
const active = 2;

/**
 * Removes the leg and checks that it is gone, repeatedly: until then the phone rings or is on the line.
 *
 * A leg is only removed once its media is connected: before, LiveKit's client takes the removal for a failed join, and
 * joins again up to 15 s later.
 */
export async function removeLeg({
  rooms,
  place,
  clock,
  timeoutMs,
  ...options
}: RemoveLegOptions): Promise<RemoveLegResult> {
  const mayJoin = options.mayJoin ?? ((): boolean => false);
  const deadline = clock.steady() + timeoutMs;
  let ready = options.ready ?? false;
  let firstSeenAt: number | undefined;
  let reported = false;
  let error: unknown;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    // Read before the request: a leg may join between the listing and its response.
    const could = mayJoin();
    try {
      if (ready) await remove();
      const leg = await find();
      if (leg === 'absent' && !could) return { verified: true };
      if (leg === 'absent' && firstSeenAt !== undefined && !reported) {
        reported = true;
        options.onGone?.();
      }
      if (leg === 'joining' || leg === 'ready') firstSeenAt ??= clock.steady();
      const first = leg === 'ready' && !ready;
      ready = leg === 'ready' || (leg === 'joining' && clock.steady() - (firstSeenAt ?? 0) >= joiningTimeoutMs);
      if (leg === 'joining') pauseMs = firstPauseMs / 2;
      if (first) continue;
    } catch (thrown) {
      error = thrown;
    }
    if (clock.steady() >= deadline) return error === undefined ? { verified: false } : { verified: false, error };
    await pause(clock, pauseMs, could ? options.changed?.() : undefined);
  }

  function inTime<T>(request: Promise<T>): Promise<T | undefined> {
    return within(requestTimeoutMs, request, () => undefined, { clock });
  }

  async function remove(): Promise<void> {
    try {
      await inTime(rooms.removeParticipant(place.roomName, place.identity));
      firstSeenAt ??= clock.steady();
    } catch (thrown) {
      if (!saysNotFound(thrown)) throw thrown;
    }
  }
  /** Resolves with `undefined` if the server does not respond in time. */
  async function find(): Promise<'absent' | 'joining' | 'ready' | undefined> {
    try {
      const listed = await inTime(rooms.listParticipants(place.roomName));
      const leg = listed?.find(({ identity }) => identity === place.identity);
      if (leg !== undefined) return (leg.state ?? active) < active ? 'joining' : 'ready';
      return listed && 'absent';
    } catch (thrown) {
      if (saysNotFound(thrown)) return 'absent';
      throw thrown;
    }
  }
}

import { saysNotFound } from '../api/api-failure.js';
import type { RoomApi } from '../api/room-api.js';
import { type Clock, pause, within } from '../clock.js';
import type { LegPlace } from './leg-observer.js';

export interface RemoveLegOptions {
  readonly rooms: RoomApi;
  readonly place: LegPlace;
  readonly clock: Clock;
  /** When to stop trying, in milliseconds from now. */
  readonly limitMs: number;
  /** Whether a leg that is not there may still come. */
  readonly mayJoin?: () => boolean;
  /** Resolves when that changes; `undefined` when only time tells. */
  readonly changed?: () => Promise<void> | undefined;
}

export interface RemoveLegResult {
  /** The room was seen without the leg, and it cannot come any more. */
  readonly verified: boolean;
  /** What the server said last when it did not do as asked. */
  readonly error?: unknown;
}

const firstPauseMs = 20;
const longestPauseMs = 500;
/** For one call to the server. */
const callLimitMs = 3_000;

/** Removes the leg, looks whether it is gone, and does so again: until then the phone rings, or somebody is on the line. */
export async function removeLeg({
  rooms,
  place,
  clock,
  limitMs,
  ...options
}: RemoveLegOptions): Promise<RemoveLegResult> {
  const mayJoin = options.mayJoin ?? ((): boolean => false);
  const deadline = clock.now() + limitMs;
  let wasPresent = false;
  let error: unknown;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    // Asked before looking: a leg may join between the look and the answer.
    const could = mayJoin();
    try {
      wasPresent = (await remove()) || wasPresent;
      const present = await within(clock, callLimitMs, isPresent());
      wasPresent ||= present === true;
      if (present === false && (wasPresent || !could)) return { verified: true };
    } catch (thrown) {
      error = thrown;
    }
    if (clock.now() >= deadline) return error === undefined ? { verified: false } : { verified: false, error };
    await pause(clock, pauseMs, could ? options.changed?.() : undefined);
  }

  async function remove(): Promise<boolean> {
    try {
      return (await within(clock, callLimitMs, removed())) ?? false;
    } catch (thrown) {
      if (saysNotFound(thrown)) return false;
      throw thrown;
    }
  }
  async function removed(): Promise<boolean> {
    await rooms.removeParticipant(place.roomName, place.identity);
    return true;
  }
  async function isPresent(): Promise<boolean> {
    try {
      const listed = await rooms.listParticipants(place.roomName);
      return listed.some(({ identity }) => identity === place.identity);
    } catch (thrown) {
      if (saysNotFound(thrown)) return false;
      throw thrown;
    }
  }
}

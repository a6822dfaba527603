import { httpStatusOf, toConsultRoomError } from '../errors/to-consult-room-error.js';
import type { ConsultRoomError } from '../errors/consult-room-error.js';
import type { PeopleService } from '../move/people-service.js';
import { sleep } from '../support/sleep.js';
import { within } from '../support/within.js';

export interface HangUpReport {
  /** Everybody is gone, and a listing has shown it. */
  readonly clean: boolean;
  /** What went wrong last for each who may still be there. */
  readonly problems: readonly ConsultRoomError[];
}

export interface Seat {
  readonly room: string;
  readonly identity: string;
}

const firstRetryMs = 100;

/** Removes people from their rooms, which hangs up their phones, until listings show that they are gone. Never rejects. */
export async function hangUpPeople(
  service: PeopleService,
  seats: readonly Seat[],
  limitMs: number,
): Promise<HangUpReport> {
  const endsAt = performance.now() + limitMs;
  const problems = (await Promise.all(seats.map((seat) => hangUp(service, seat, endsAt)))).filter(
    (problem) => problem !== undefined,
  );
  return { clean: problems.length === 0, problems };
}

async function hangUp(service: PeopleService, seat: Seat, endsAt: number): Promise<ConsultRoomError | undefined> {
  for (let retryMs = firstRetryMs; ; retryMs *= 2) {
    const problem = await tryOnce(service, seat, endsAt);
    if (!problem || performance.now() + retryMs >= endsAt) return problem;
    await sleep(retryMs);
  }
}

async function tryOnce(service: PeopleService, seat: Seat, endsAt: number): Promise<ConsultRoomError | undefined> {
  const doing = 'hang up';
  const left = (): number => Math.max(1, endsAt - performance.now());
  try {
    await within(service.removeParticipant(seat.room, seat.identity), left(), doing);
  } catch (error) {
    if (httpStatusOf(error) !== 404) return toConsultRoomError(error, doing);
  }
  try {
    const people = await within(service.listParticipants(seat.room), left(), doing);
    const isThere = people.some(({ identity }) => identity === seat.identity);
    return isThere ? toConsultRoomError(new Error('somebody is still listed'), doing) : undefined;
  } catch (error) {
    return httpStatusOf(error) === 404 ? undefined : toConsultRoomError(error, doing);
  }
}

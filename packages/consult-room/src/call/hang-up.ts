import { httpStatusOf, toConsultRoomError } from '../api/to-consult-room-error.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import type { PeopleService } from '../api/participant-service.js';
import { isRoomGone } from '../room/is-room-gone.js';
import { keepTrying } from '../async/retry-in-background.js';
import { sleep } from '../async/sleep.js';
import { within } from '../async/with-timeout.js';

export interface HangUpReport {
  /** Everybody is gone, and a listing has shown it. */
  readonly clean: boolean;
  /** What went wrong last for each who may still be there. */
  readonly problems: readonly ConsultRoomError[];
}

/** A participant, and the room they are in. */
export interface Seat {
  readonly room: string;
  readonly identity: string;
}

/** The part of the room service that hangs up. The SDK's `RoomServiceClient` fits as it is. */
export type HangUpService = Pick<PeopleService, 'listParticipants' | 'listRooms' | 'removeParticipant'>;

const firstRetryMs = 100;

const defaultLimitMs = 5_000;

/**
 * Removes people from their rooms, which hangs up their phones, until listings show that they are gone. Tries again
 * what fails, for at most `limitMs` (default 5 000). `keep-trying`: what fails until then is tried in the background, for
 * ten minutes, as long as the process lives: only for identities that nobody else will have. Never rejects.
 */
export async function hangUpPeople(
  service: HangUpService,
  seats: readonly Seat[],
  limitMs: number = defaultLimitMs,
  then: 'give-up' | 'keep-trying' = 'give-up',
): Promise<HangUpReport> {
  const report = await tryToHangUp(service, seats, limitMs);
  if (!report.clean && then === 'keep-trying') {
    keepTrying(async () => (await tryToHangUp(service, seats, defaultLimitMs)).clean);
  }
  return report;
}

async function tryToHangUp(service: HangUpService, seats: readonly Seat[], limitMs: number): Promise<HangUpReport> {
  const endsAt = performance.now() + limitMs;
  const problems = (await Promise.all(seats.map((seat) => hangUp(service, seat, endsAt)))).filter(
    (problem) => problem !== undefined,
  );
  return { clean: problems.length === 0, problems };
}

/** Hangs up on one, reports what could not be done for certain, and keeps trying. Never rejects. */
export async function hangUpOrWarn(
  service: HangUpService,
  seat: Seat,
  onWarning: (error: ConsultRoomError) => void,
): Promise<void> {
  const { problems } = await hangUpPeople(service, [seat], defaultLimitMs, 'keep-trying');
  for (const problem of problems) onWarning(problem);
}

async function hangUp(service: HangUpService, seat: Seat, endsAt: number): Promise<ConsultRoomError | undefined> {
  for (let retryMs = firstRetryMs; ; retryMs *= 2) {
    const problem = await tryOnce(service, seat, endsAt);
    if (!problem || performance.now() + retryMs >= endsAt) return problem;
    await sleep(retryMs);
  }
}

async function tryOnce(service: HangUpService, seat: Seat, endsAt: number): Promise<ConsultRoomError | undefined> {
  const doing = 'hang up';
  const left = (): number => Math.max(1, endsAt - performance.now());
  let refusal: unknown = new Error('the participant is still listed');
  try {
    await within(service.removeParticipant(seat.room, seat.identity), left(), doing);
  } catch (error) {
    // The listing decides: a request can fail after it worked, and servers differ on who is gone already.
    if (httpStatusOf(error) !== 404) refusal = error;
  }
  try {
    const people = await within(service.listParticipants(seat.room), left(), doing);
    const isThere = people.some(({ identity }) => identity === seat.identity);
    return isThere ? toConsultRoomError(refusal, doing) : undefined;
  } catch (error) {
    if (httpStatusOf(error) === 404) return undefined;
    if (httpStatusOf(error) === 503 && (await isRoomGone(service, seat.room, left()))) return undefined;
    return toConsultRoomError(error, doing);
  }
}

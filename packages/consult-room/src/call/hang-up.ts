import { within } from '@org/support';
import type { ParticipantService } from '../api/participant-service.js';
import { getHttpStatus, toConsultRoomError } from '../api/to-consult-room-error.js';
import { retryInBackground } from '../async/retry-in-background.js';
import { sleep } from '../async/sleep.js';
import { timedOut } from '../async/timed-out.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import { isRoomGone } from '../room/is-room-gone.js';

export interface HangUpReport {
  /** Whether all participants are gone, as shown by a listing. */
  readonly clean: boolean;
  /** The last error for each participant who may still be there. */
  readonly problems: readonly ConsultRoomError[];
}

/** A participant, and the name of its room. */
export interface ParticipantLocation {
  readonly room: string;
  readonly identity: string;
}

/** The part of the room service that hangs up. The SDK's `RoomServiceClient` implements it. */
export type HangUpService = Pick<ParticipantService, 'listParticipants' | 'listRooms' | 'removeParticipant'>;

const firstRetryMs = 100;

const defaultTimeoutMs = 5_000;

/**
 * Removes participants from their rooms, which hangs up their phones, until listings show that they are gone. Retries
 * failed requests for at most `timeoutMs` (default 5 000). With `keep-trying`, continues in the background after that,
 * for ten minutes, as long as the process lives: use it only for identities that are not used again. Never rejects.
 */
export async function hangUpParticipants(
  service: HangUpService,
  locations: readonly ParticipantLocation[],
  timeoutMs: number = defaultTimeoutMs,
  then: 'give-up' | 'keep-trying' = 'give-up',
): Promise<HangUpReport> {
  const report = await tryToHangUp(service, locations, timeoutMs);
  if (!report.clean && then === 'keep-trying') {
    retryInBackground(async () => (await tryToHangUp(service, locations, defaultTimeoutMs)).clean);
  }
  return report;
}

async function tryToHangUp(
  service: HangUpService,
  locations: readonly ParticipantLocation[],
  timeoutMs: number,
): Promise<HangUpReport> {
  const endsAt = performance.now() + timeoutMs;
  const problems = (await Promise.all(locations.map((location) => hangUp(service, location, endsAt)))).filter(
    (problem) => problem !== undefined,
  );
  return { clean: problems.length === 0, problems };
}

/** Hangs up on one participant, reports an uncertain result as a warning, and retries in the background. Never rejects. */
export async function hangUpOrWarn(
  service: HangUpService,
  location: ParticipantLocation,
  onWarning: (error: ConsultRoomError) => void,
): Promise<void> {
  const { problems } = await hangUpParticipants(service, [location], defaultTimeoutMs, 'keep-trying');
  for (const problem of problems) onWarning(problem);
}

async function hangUp(
  service: HangUpService,
  location: ParticipantLocation,
  endsAt: number,
): Promise<ConsultRoomError | undefined> {
  for (let retryMs = firstRetryMs; ; retryMs *= 2) {
    const problem = await tryOnce(service, location, endsAt);
    if (!problem || performance.now() + retryMs >= endsAt) return problem;
    await sleep(retryMs);
  }
}

async function tryOnce(
  service: HangUpService,
  location: ParticipantLocation,
  endsAt: number,
): Promise<ConsultRoomError | undefined> {
  const operation = 'hang up';
  const left = (): number => Math.max(1, endsAt - performance.now());
  let failure: unknown = new Error('the participant is still listed');
  try {
    await within(left(), service.removeParticipant(location.room, location.identity), timedOut(operation));
  } catch (error) {
    // The listing decides: a request can fail after it succeeded on the server, and servers answer differently for a
    // participant who is gone.
    if (getHttpStatus(error) !== 404) failure = error;
  }
  try {
    const participants = await within(left(), service.listParticipants(location.room), timedOut(operation));
    const isThere = participants.some(({ identity }) => identity === location.identity);
    return isThere ? toConsultRoomError(failure, operation) : undefined;
  } catch (error) {
    if (getHttpStatus(error) === 404) return undefined;
    if (getHttpStatus(error) === 503 && (await isRoomGone(service, location.room, left()))) return undefined;
    return toConsultRoomError(error, operation);
  }
}

import { ConsultRoomError } from '../consult-room-error.js';
import { httpStatusOf, toConsultRoomError } from '../api/to-consult-room-error.js';
import { sleep } from '../async/sleep.js';
import { within } from '../async/with-timeout.js';
import type { PeopleService } from '../api/participant-service.js';

export interface Move {
  readonly identity: string;
  readonly from: string;
  readonly to: string;
}

export interface MoveLimits {
  /** Limit of the request, and of each listing. */
  readonly requestMs: number;
  /** How long a listing may lag behind the answer. */
  readonly listedMs: number;
}

/** How long {@link moveParticipant} takes at most: the request, and the listings, of which the last two may hang. */
export function moveLimitMs({ requestMs, listedMs }: MoveLimits): number {
  return 3 * requestMs + listedMs;
}

/** Pause between two listings, in milliseconds. */
const listEveryMs = 50;

/**
 * Moves a participant to another room, and believes the listings, not the answer: a request can fail after it worked,
 * or be answered before it did. Resolves to undefined once the participant is listed in the other room, or else to why they
 * are not. Never rejects.
 */
export async function moveParticipant(
  service: PeopleService,
  move: Move,
  { requestMs, listedMs }: MoveLimits,
): Promise<ConsultRoomError | undefined> {
  const failure = await request(service, move, requestMs);
  if (failure?.code === 'not-implemented') return failure;
  const endsAt = performance.now() + listedMs;
  for (;;) {
    if (await isListed(service, move.to, move.identity, requestMs)) return undefined;
    const here = await isListed(service, move.from, move.identity, requestMs);
    // A refusal that left everything as it was is final; after all else the listings get time.
    const refused = failure !== undefined && failure.code !== 'timeout' && here === true;
    if (refused || performance.now() >= endsAt) {
      return failure ?? new ConsultRoomError('server', 'move a participant: answered, and not done');
    }
    await sleep(listEveryMs);
  }
}

async function request(service: PeopleService, move: Move, limitMs: number): Promise<ConsultRoomError | undefined> {
  try {
    await within(service.moveParticipant(move.from, move.identity, move.to), limitMs, 'move a participant');
    return undefined;
  } catch (error) {
    return toConsultRoomError(error, 'move a participant');
  }
}

/** Undefined if the server does not tell. */
async function isListed(
  service: PeopleService,
  room: string,
  identity: string,
  limitMs: number,
): Promise<boolean | undefined> {
  try {
    const people = await within(service.listParticipants(room), limitMs, 'list participants');
    return people.some((one) => one.identity === identity);
  } catch (error) {
    return httpStatusOf(error) === 404 ? false : undefined;
  }
}

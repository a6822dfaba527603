import { ConsultRoomError } from '../errors/consult-room-error.js';
import { httpStatusOf, toConsultRoomError } from '../errors/to-consult-room-error.js';
import { sleep } from '../support/sleep.js';
import { within } from '../support/within.js';
import type { PeopleService } from './people-service.js';

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

export type MoveOutcome =
  | { readonly where: 'there' }
  /** Still in the old room, or in none. */
  | { readonly where: 'here' | 'nowhere' | 'unknown'; readonly error: ConsultRoomError };

/** Pause between two listings, in milliseconds. */
const listEveryMs = 50;

/**
 * Moves a participant to another room, and believes the listings, not the answer: a request can fail after it worked,
 * or be answered before it did. Never rejects.
 */
export async function moveParticipant(service: PeopleService, move: Move, limits: MoveLimits): Promise<MoveOutcome> {
  const failure = await request(service, move, limits.requestMs);
  if (failure?.code === 'not-implemented') return { where: 'here', error: failure };
  const endsAt = performance.now() + limits.listedMs;
  for (;;) {
    const there = await isListed(service, move.to, move.identity, limits.requestMs);
    if (there === true) return { where: 'there' };
    const here = await isListed(service, move.from, move.identity, limits.requestMs);
    // A refusal that left everything as it was is final at once; after all else the listings get time.
    const refused = failure !== undefined && failure.code !== 'timeout' && here === true;
    if (refused || performance.now() >= endsAt) {
      const error = failure ?? new ConsultRoomError('server', 'move a participant: answered, and not done');
      return { where: here === undefined ? 'unknown' : here ? 'here' : 'nowhere', error };
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

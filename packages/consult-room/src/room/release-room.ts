import type { ConsultRoomError } from '../consult-room-error.js';
import { httpStatusOf, toConsultRoomError } from '../api/to-consult-room-error.js';
import { sleep } from '../async/sleep.js';
import { within } from '../async/with-timeout.js';
import { sipKind } from '../api/room-service.js';
import type { ListedParticipant, RoomService } from '../api/room-service.js';

/** Something that `close()` could not do. */
export interface CloseProblem {
  readonly step: 'disconnect' | 'remove' | 'delete' | 'verify';
  readonly error: ConsultRoomError;
}

export interface RoomToRelease {
  readonly service: RoomService;
  readonly name: string;
  /** Only a room that we created is deleted; from any other one the phones and our guests are removed. */
  readonly owned: boolean;
  readonly guests: ReadonlySet<string>;
  readonly retryMs: number;
  readonly limitMs: number;
}

/** What is left of a room whose release was given up. */
export interface LateRelease extends Pick<RoomToRelease, 'service' | 'name'> {
  /** Whether nobody else can have a room of this name. */
  readonly isNameOurs: boolean;
  /** Participants who are nobody else's. */
  readonly people: ReadonlySet<string>;
}

/**
 * Deletes the room, or removes the phones and guests from a room that is not ours, until a listing shows that it is
 * done or the limit is over. Returns what could not be done in the last try; empty when all was.
 */
export async function releaseRoom(target: RoomToRelease): Promise<readonly CloseProblem[]> {
  const endsAt = performance.now() + target.limitMs;
  for (let retryMs = target.retryMs; ; retryMs *= 2) {
    const round = new ReleaseRound(target, endsAt, true);
    const done = target.owned ? await round.deleteRoom() : await round.removePeople();
    if (done) return [];
    if (performance.now() + retryMs >= endsAt) return round.problems;
    await sleep(retryMs);
  }
}

/** Limit of one late try, in milliseconds. */
const lateLimitMs = 10_000;

/**
 * Tries once more, long after. A room of a given name may be used by another transfer by then: only our own people are
 * removed from it. Resolves to whether nothing of ours is left. Never rejects.
 */
export async function releaseLate({ service, name, isNameOurs, people }: LateRelease): Promise<boolean> {
  const round = new ReleaseRound({ service, name, guests: people }, performance.now() + lateLimitMs, isNameOurs);
  return isNameOurs ? round.deleteRoom() : round.removePeople();
}

class ReleaseRound {
  readonly problems: CloseProblem[] = [];
  readonly #target: Pick<RoomToRelease, 'service' | 'name' | 'guests'>;
  readonly #endsAt: number;
  readonly #isEveryPhoneOurs: boolean;

  constructor(target: Pick<RoomToRelease, 'service' | 'name' | 'guests'>, endsAt: number, isEveryPhoneOurs: boolean) {
    this.#target = target;
    this.#endsAt = endsAt;
    this.#isEveryPhoneOurs = isEveryPhoneOurs;
  }

  async deleteRoom(): Promise<boolean> {
    const { service, name } = this.#target;
    const deleted = await this.#attempt('delete', () => service.deleteRoom(name), undefined);
    // A phone must not go on ringing because its room cannot be deleted.
    if (deleted === 'failed') await this.removePeople();
    const listed = await this.#attempt('verify', () => service.listRooms([name]), []);
    if (listed === 'failed') return false;
    if (listed.length === 0) return true;
    if (deleted !== 'failed') this.#note('verify', new Error('the room is still listed'));
    return false;
  }

  async removePeople(): Promise<boolean> {
    const { service, name } = this.#target;
    const people = await this.#ours();
    if (people === 'failed') return false;
    await Promise.all(
      people.map((identity) => this.#attempt('remove', () => service.removeParticipant(name, identity), undefined)),
    );
    if (people.length === 0) return true;
    const left = await this.#ours();
    return left !== 'failed' && left.length === 0;
  }

  async #ours(): Promise<readonly string[] | 'failed'> {
    const { service, name, guests } = this.#target;
    const listed = await this.#attempt('verify', () => service.listParticipants(name), []);
    if (listed === 'failed') return 'failed';
    const isOurs = ({ kind, identity }: ListedParticipant): boolean =>
      (this.#isEveryPhoneOurs && kind === sipKind) || guests.has(identity);
    return listed.filter(isOurs).map(({ identity }) => identity);
  }

  /** Not found is as good as done: what should go is gone. */
  async #attempt<T>(step: CloseProblem['step'], call: () => Promise<T>, ifNotFound: T): Promise<T | 'failed'> {
    try {
      return await within(call(), Math.max(1, this.#endsAt - performance.now()), `${step} (consult room)`);
    } catch (error) {
      if (httpStatusOf(error) === 404) return ifNotFound;
      this.#note(step, error);
      return 'failed';
    }
  }

  #note(step: CloseProblem['step'], error: unknown): void {
    this.problems.push({ step, error: toConsultRoomError(error, `${step} (consult room)`) });
  }
}

import { within } from '@org/support';
import { type ListedParticipant, type RoomService, sipKind } from '../api/room-service.js';
import { getHttpStatus, toConsultRoomError } from '../api/to-consult-room-error.js';
import { sleep } from '../async/sleep.js';
import { timedOut } from '../async/timed-out.js';
import type { CloseProblem } from './close-report.js';

export interface RoomToRelease {
  readonly service: RoomService;
  readonly name: string;
  /**
   * Whether this package created the room, so that it is deleted; from any other room, the phones and the guests are
   * removed.
   */
  readonly owned: boolean;
  readonly guests: ReadonlySet<string>;
  readonly retryMs: number;
  readonly timeoutMs: number;
}

/** The rest of a room whose release failed. */
export interface LateRelease extends Pick<RoomToRelease, 'service' | 'name'> {
  /** Whether no other transfer can use a room of this name. */
  readonly isNameOurs: boolean;
  /** Identities that no other transfer uses. */
  readonly participants: ReadonlySet<string>;
}

/**
 * Deletes the room, or removes the phones and guests from a room that this package did not create, until a listing
 * confirms it or the timeout has passed. Returns the problems of the last try; empty if it succeeded.
 */
export async function releaseRoom(target: RoomToRelease): Promise<readonly CloseProblem[]> {
  const endsAt = performance.now() + target.timeoutMs;
  for (let retryMs = target.retryMs; ; retryMs *= 2) {
    const round = new ReleaseRound(target, endsAt, true);
    const done = target.owned ? await round.deleteRoom() : await round.removeParticipants();
    if (done) return [];
    if (performance.now() + retryMs >= endsAt) return round.problems;
    await sleep(retryMs);
  }
}

/** Timeout of one late try, in milliseconds. */
const lateTimeoutMs = 10_000;

/**
 * Retries once, long after the release. By then, another transfer may use a room of a given name: only the given
 * participants are removed from it. Resolves to whether nothing is left. Never rejects.
 */
export async function releaseLate({ service, name, isNameOurs, participants }: LateRelease): Promise<boolean> {
  const round = new ReleaseRound(
    { service, name, guests: participants },
    performance.now() + lateTimeoutMs,
    isNameOurs,
  );
  return isNameOurs ? round.deleteRoom() : round.removeParticipants();
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
    // A phone must not keep ringing because its room cannot be deleted.
    if (deleted === 'failed') await this.removeParticipants();
    const listed = await this.#attempt('verify', () => service.listRooms([name]), []);
    if (listed === 'failed') return false;
    if (listed.length === 0) return true;
    if (deleted !== 'failed') this.#note('verify', new Error('the room is still listed'));
    return false;
  }

  async removeParticipants(): Promise<boolean> {
    const { service, name } = this.#target;
    const participants = await this.#ours();
    if (participants === 'failed') return false;
    await Promise.all(
      participants.map((identity) =>
        this.#attempt('remove', () => service.removeParticipant(name, identity), undefined),
      ),
    );
    if (participants.length === 0) return true;
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

  /** Counts "not found" as success: what should be removed is gone. */
  async #attempt<T>(step: CloseProblem['step'], call: () => Promise<T>, ifNotFound: T): Promise<T | 'failed'> {
    try {
      return await within(Math.max(1, this.#endsAt - performance.now()), call(), timedOut(`${step} (consult room)`));
    } catch (error) {
      if (getHttpStatus(error) === 404) return ifNotFound;
      this.#note(step, error);
      return 'failed';
    }
  }

  #note(step: CloseProblem['step'], error: unknown): void {
    this.problems.push({ step, error: toConsultRoomError(error, `${step} (consult room)`) });
  }
}

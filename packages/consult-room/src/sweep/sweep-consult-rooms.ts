import type { ConsultRoomError } from '../consult-room-error.js';
import { raceSignal, throwIfAborted } from '../async/race-signal.js';
import { sleep } from '../async/sleep.js';
import { deleteNumber, findOldNumbers } from './stale-numbers.js';
import { deleteOrphan, findOurRooms, isOrphan } from './orphan-rooms.js';
import type { OurRoom } from './orphan-rooms.js';
import { resolveSweepOptions } from '../options/sweep-options.js';
import type { ResolvedSweepOptions, SweepOptions } from '../options/sweep-options.js';

/** What a sweep found, and did with it. */
export interface SweepItem {
  readonly kind: 'room' | 'number' | 'rule';
  /** The room's name, or the id of the trunk or dispatch rule. */
  readonly id: string;
  readonly action: 'deleted' | 'would-delete' | 'kept' | 'failed';
  /** Why it was kept: too young, its agent is (again) there, its caller is, or the server did not tell. */
  readonly why?: 'young' | 'agent' | 'caller' | 'unknown';
  readonly error?: ConsultRoomError;
}

/** Looks within the grace time, and the longest pause between two of them in milliseconds. */
const looks = 10;
const longestPauseMs = 5_000;

const doing = 'sweep consult rooms';

/**
 * Deletes what workers that died have left: consult rooms whose agent is absent, throughout the grace time, and whose
 * caller's room is gone or has nobody in it but machines; and one-time numbers. That frees a human agent who is held
 * there. A room that somebody else had made before is never deleted. Takes at least the grace time if it finds a
 * candidate; safe to run at any time, from several places at once.
 *
 * @throws ConsultRoomError `invalid-option`, `unauthorized`, `unreachable`, `timeout`, `server` or `aborted`.
 */
export async function sweepConsultRooms(given: SweepOptions): Promise<readonly SweepItem[]> {
  const options = resolveSweepOptions(given);
  throwIfAborted(options.signal, doing);
  return raceSignal(new Sweep(options).run(), options.signal, doing);
}

class Sweep {
  readonly #options: ResolvedSweepOptions;
  readonly #items: SweepItem[] = [];

  constructor(options: ResolvedSweepOptions) {
    this.#options = options;
  }

  async run(): Promise<readonly SweepItem[]> {
    const startedAt = Date.now();
    const found = await findOurRooms(this.#options);
    const old = found.filter((room) => this.#isOld(room, startedAt));
    const numbers = await findOldNumbers(this.#options, startedAt);
    let candidates = await this.#absent(old);
    const pauseMs = Math.min(this.#options.graceMs / looks, longestPauseMs);
    const endsAt = performance.now() + this.#options.graceMs;
    while (candidates.length + numbers.length > 0 && performance.now() < endsAt) {
      await sleep(pauseMs, this.#options.signal);
      throwIfAborted(this.#options.signal, doing);
      candidates = await this.#absent(candidates);
    }
    for (const room of candidates) await this.#delete('room', room.name, () => deleteOrphan(this.#options, room));
    // A promotion that was under way is over by now, and has taken its number with it.
    for (const { kind, id } of numbers) await this.#delete(kind, id, () => deleteNumber(this.#options, kind, id));
    return this.#items;
  }

  #isOld(room: OurRoom, now: number): boolean {
    if (now - room.createdAt >= this.#options.olderThanMs) return true;
    this.#items.push({ kind: 'room', id: room.name, action: 'kept', why: 'young' });
    return false;
  }

  /** Those of the rooms in which neither their agent nor their caller is. */
  async #absent(rooms: readonly OurRoom[]): Promise<readonly OurRoom[]> {
    const orphans: OurRoom[] = [];
    for (const room of rooms) {
      const why = await isOrphan(this.#options, room);
      if (why === 'orphan') orphans.push(room);
      else if (why !== 'gone') this.#items.push({ kind: 'room', id: room.name, action: 'kept', why });
    }
    return orphans;
  }

  async #delete(
    kind: SweepItem['kind'],
    id: string,
    remove: () => Promise<ConsultRoomError | undefined>,
  ): Promise<void> {
    throwIfAborted(this.#options.signal, doing);
    if (this.#options.dryRun) {
      this.#items.push({ kind, id, action: 'would-delete' });
      return;
    }
    const error = await remove();
    this.#items.push(error ? { kind, id, action: 'failed', error } : { kind, id, action: 'deleted' });
  }
}

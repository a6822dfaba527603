import { raceSignal, throwIfAborted } from '../async/race-signal.js';
import { sleep } from '../async/sleep.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import { type ParsedSweepOptions, parseSweepOptions, type SweepOptions } from '../options/sweep-options.js';
import { checkOrphan, deleteOrphan, findManagedRooms, type ManagedRoom } from './orphan-rooms.js';
import { deleteNumber, findStaleNumbers } from './stale-numbers.js';

/** A room, number or rule that a sweep found, and what it did with it. */
export interface SweepItem {
  readonly kind: 'room' | 'number' | 'rule';
  /** The room's name, or the ID of the trunk or dispatch rule. */
  readonly id: string;
  readonly action: 'deleted' | 'would-delete' | 'kept' | 'failed';
  /** Why it was kept: too young, its agent or its caller is present (again), or the server did not answer. */
  readonly reason?: 'young' | 'agent' | 'caller' | 'unknown';
  readonly error?: ConsultRoomError;
}

/** Checks within the grace time, and the longest pause between two of them, in milliseconds. */
const looks = 10;
const longestPauseMs = 5_000;

const operation = 'sweep consult rooms';

/**
 * Deletes what crashed workers left behind: consult rooms whose agent is absent throughout the grace time, and whose
 * caller room is gone or has no human in it; and one-time numbers. This frees a human agent who is held there. A room
 * that another program created is never deleted. Takes at least the grace time if it finds a candidate; may be run at
 * any time, from several places at the same time.
 *
 * @throws ConsultRoomError `invalid-option`, `unauthorized`, `unreachable`, `timeout`, `server` or `aborted`
 */
export async function sweepConsultRooms(given: SweepOptions): Promise<readonly SweepItem[]> {
  const options = parseSweepOptions(given);
  throwIfAborted(options.signal, operation);
  return raceSignal(new Sweep(options).run(), options.signal, operation);
}

class Sweep {
  readonly #options: ParsedSweepOptions;
  readonly #items: SweepItem[] = [];

  constructor(options: ParsedSweepOptions) {
    this.#options = options;
  }

  async run(): Promise<readonly SweepItem[]> {
    const startedAt = Date.now();
    const found = await findManagedRooms(this.#options);
    const old = found.filter((room) => this.#isOld(room, startedAt));
    const numbers = await findStaleNumbers(this.#options, startedAt);
    let candidates = await this.#absent(old);
    const pauseMs = Math.min(this.#options.graceMs / looks, longestPauseMs);
    const endsAt = performance.now() + this.#options.graceMs;
    while (candidates.length + numbers.length > 0 && performance.now() < endsAt) {
      await sleep(pauseMs, this.#options.signal);
      throwIfAborted(this.#options.signal, operation);
      candidates = await this.#absent(candidates);
    }
    for (const room of candidates) await this.#delete('room', room.name, () => deleteOrphan(this.#options, room));
    // A promotion that was running has ended by now, and has deleted its number.
    for (const { kind, id } of numbers) await this.#delete(kind, id, () => deleteNumber(this.#options, kind, id));
    return this.#items;
  }

  #isOld(room: ManagedRoom, now: number): boolean {
    if (now - room.createdAt >= this.#options.olderThanMs) return true;
    this.#items.push({ kind: 'room', id: room.name, action: 'kept', reason: 'young' });
    return false;
  }

  /** Returns the rooms in which neither their agent nor their caller is present. */
  async #absent(rooms: readonly ManagedRoom[]): Promise<readonly ManagedRoom[]> {
    const orphans: ManagedRoom[] = [];
    for (const room of rooms) {
      const reason = await checkOrphan(this.#options, room);
      if (reason === 'orphan') orphans.push(room);
      else if (reason !== 'gone') this.#items.push({ kind: 'room', id: room.name, action: 'kept', reason });
    }
    return orphans;
  }

  async #delete(
    kind: SweepItem['kind'],
    id: string,
    remove: () => Promise<ConsultRoomError | undefined>,
  ): Promise<void> {
    throwIfAborted(this.#options.signal, operation);
    if (this.#options.dryRun) {
      this.#items.push({ kind, id, action: 'would-delete' });
      return;
    }
    const error = await remove();
    this.#items.push(error ? { kind, id, action: 'failed', error } : { kind, id, action: 'deleted' });
  }
}

import { checkConsultRoomOptions, ConsultRoom, type ConsultRoomOptions } from '@org/consult-room';
import type { Room } from '@livekit/rtc-node';
import { deferred, type Deferred } from '../deferred.js';
import type { LeaveHow } from '../machine/ending.js';
import type { ConsultRoomPort } from '../ports.js';

/** The consult room of one attempt, with one human agent in it or about to be. */
export class PrivateRoom implements ConsultRoomPort {
  readonly #options: ConsultRoomOptions;
  readonly #humanIdentity: string;
  /** Settles with the joined room; stays pending when the room is never joined. */
  readonly #joined: Deferred<Room> = deferred();
  readonly #listeners: Set<(how: LeaveHow) => void> = new Set();
  #consult: ConsultRoom | undefined;
  #humanLeft: LeaveHow | undefined;

  /** @throws ConsultRoomError `invalid-option` */
  constructor(options: ConsultRoomOptions, humanIdentity: string) {
    checkConsultRoomOptions(options);
    this.#options = options;
    this.#humanIdentity = humanIdentity;
  }

  /** The room as the briefing agent sees it, as soon as it is there. */
  get joined(): Promise<Room> {
    return this.#joined.promise;
  }

  /** Known once the room is open. */
  get name(): string {
    return this.#opened.name;
  }

  async open(signal: AbortSignal): Promise<void> {
    const consult = await ConsultRoom.create({ ...this.#options, signal });
    this.#consult = consult;
    consult.onParticipantLeft(this.#humanIdentity, ({ how }) => this.#leave(how));
    consult.onDisconnected(() => this.#leave('lost'));
  }

  async join(signal: AbortSignal): Promise<void> {
    this.#joined.resolve(await this.#opened.join({ signal }));
  }

  /** Calls back also when they left before anybody listened: a phone can be answered and hung up in one breath. */
  onHumanLeft(listener: (how: LeaveHow) => void): () => void {
    if (this.#humanLeft !== undefined) listener(this.#humanLeft);
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    const report = await this.#consult?.close();
    if (report === undefined || report.clean) return;
    throw new AggregateError(
      report.problems.map(({ error }) => error),
      `the consult room could not be closed for certain: ${report.problems.map(({ step }) => step).join(', ')}`,
    );
  }

  get #opened(): ConsultRoom {
    if (this.#consult === undefined) throw new Error('the consult room is not open');
    return this.#consult;
  }

  #leave(how: LeaveHow): void {
    this.#humanLeft ??= how;
    for (const listener of this.#listeners) listener(how);
    this.#listeners.clear();
  }
}

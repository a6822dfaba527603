import { randomUUID } from 'node:crypto';
import { type CloseReport, ConsultRoom, type ConsultRoomOptions, validateConsultRoomOptions } from '@org/consult-room';
import { DisconnectReason, type Room } from '@livekit/rtc-node';
import { type Deferred, deferred } from '@org/support';
import type { DisconnectCause } from '../machine/types/ending.js';
import type { ConsultRoomPort } from '../runtime/ports.js';

/** The consult room of one attempt, for one human agent. */
export class ConsultRoomAdapter implements ConsultRoomPort {
  /** Unique to this room, so that two attempts never disconnect each other. */
  readonly humanIdentity: string = `human-agent-${randomUUID()}`;
  readonly #options: ConsultRoomOptions;
  /** Resolves with the joined room; stays pending if the room is never joined. */
  readonly #joined: Deferred<Room> = deferred();
  readonly #listeners: Set<(how: DisconnectCause) => void> = new Set();
  readonly #stop: AbortController = new AbortController();
  #creating: { readonly consult: Promise<ConsultRoom>; readonly since: number } | undefined;
  #consult: ConsultRoom | undefined;
  /** The close of a room that was created too long ahead. */
  #stale: Promise<CloseReport['problems']> | undefined;
  #humanLeft: DisconnectCause | undefined;
  readonly #lostListeners: Set<(cause: unknown) => void> = new Set();
  #lost: Error | undefined;

  /** @throws ConsultRoomError `invalid-option` */
  constructor(options: ConsultRoomOptions) {
    validateConsultRoomOptions(options);
    this.#options = options;
  }

  /** The room as joined by the briefing agent. */
  get joined(): Promise<Room> {
    return this.#joined.promise;
  }

  /** Known once the room is open. */
  get name(): string {
    return this.#opened.name;
  }

  /** Creates the room ahead of `open()`, which reports a failure. Resolves when it exists; never rejects. */
  async precreate(): Promise<void> {
    this.#creating ??= this.#create();
    await this.#creating.consult.catch(() => undefined);
  }

  async open(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#stop.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    if (this.#creating !== undefined && Date.now() - this.#creating.since > PRECREATED_ROOM_MAX_AGE_MS) {
      const closing = closeRoom(this.#creating.consult);
      this.#stale = closing;
      this.#creating = undefined;
      // A room of the same name has to be gone before; a failure to close it is reported by `close()`.
      if (this.#options.name !== undefined) await closing;
    }
    this.#creating ??= this.#create();
    const consult = await this.#creating.consult;
    this.#consult = consult;
    consult.onParticipantLeft(this.humanIdentity, ({ how }) => this.#leave(how));
    consult.onDisconnected((reason) => this.#lose(reason));
  }

  async join(signal: AbortSignal): Promise<void> {
    this.#joined.resolve(await this.#opened.join({ signal }));
  }

  /** Calls `listener` immediately if the human agent already left: a phone can be answered and hung up very quickly. */
  onHumanLeft(listener: (how: DisconnectCause) => void): () => void {
    if (this.#humanLeft !== undefined) listener(this.#humanLeft);
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls `listener` immediately if the room was already lost. */
  onLost(listener: (cause: unknown) => void): () => void {
    if (this.#lost !== undefined) listener(this.#lost);
    else this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  async close(): Promise<void> {
    const closed = await Promise.all([this.#stale, this.#creating && closeRoom(this.#creating.consult)]);
    const problems = closed.flatMap((one) => one ?? []);
    if (problems.length === 0) return;
    throw new AggregateError(
      problems.map(({ error }) => error),
      `closing the consult room could not be confirmed: ${problems.map(({ step }) => step).join(', ')}`,
    );
  }

  #create(): { readonly consult: Promise<ConsultRoom>; readonly since: number } {
    const consult = ConsultRoom.create({ ...this.#options, signal: this.#stop.signal });
    consult.catch(() => undefined);
    return { consult, since: Date.now() };
  }

  get #opened(): ConsultRoom {
    if (this.#consult === undefined) throw new Error('the consult room is not open');
    return this.#consult;
  }

  #leave(how: DisconnectCause): void {
    this.#humanLeft ??= how;
    for (const listener of this.#listeners) listener(how);
    this.#listeners.clear();
  }

  /** Reports a lost room. The human agent may still be in it. */
  #lose(reason: DisconnectReason): void {
    this.#lost ??= new Error(`the briefing agent lost the consult room (${DisconnectReason[reason] ?? reason})`);
    for (const listener of this.#lostListeners) listener(this.#lost);
    this.#lostListeners.clear();
  }
}

/** Closes a room and resolves to the problems. A room that could not be created was reported by `open()`. */
async function closeRoom(created: Promise<ConsultRoom>): Promise<CloseReport['problems']> {
  const consult = await created.catch(() => undefined);
  const report = await consult?.close();
  return report?.problems ?? [];
}

/** How long a room that was created ahead is assumed to exist: the server deletes an empty one after two minutes. */
const PRECREATED_ROOM_MAX_AGE_MS = 60_000;

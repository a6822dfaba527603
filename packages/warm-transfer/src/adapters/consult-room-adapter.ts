import { randomUUID } from 'node:crypto';
import { type CloseReport, ConsultRoom, type ConsultRoomOptions, validateConsultRoomOptions } from '@org/consult-room';
import { DisconnectReason, type Room } from '@livekit/rtc-node';
import { type Deferred, deferred } from '@org/support';
import type { LeaveHow } from '../machine/types/ending.js';
import type { ConsultRoomPort } from '../runtime/ports.js';

/** The consult room of one attempt, with one human agent in it or about to be. */
export class PrivateRoom implements ConsultRoomPort {
  /** Of a participant of this room alone: two attempts never throw each other out. */
  readonly humanIdentity: string = `human-agent-${randomUUID()}`;
  readonly #options: ConsultRoomOptions;
  /** Settles with the joined room; stays pending when the room is never joined. */
  readonly #joined: Deferred<Room> = deferred();
  readonly #listeners: Set<(how: LeaveHow) => void> = new Set();
  readonly #stop: AbortController = new AbortController();
  #creating: { readonly consult: Promise<ConsultRoom>; readonly since: number } | undefined;
  #consult: ConsultRoom | undefined;
  /** A room that was created ahead too long ago, on its way out. */
  #stale: Promise<CloseReport['problems']> | undefined;
  #humanLeft: LeaveHow | undefined;
  readonly #lostListeners: Set<(cause: unknown) => void> = new Set();
  #lost: Error | undefined;

  /** @throws ConsultRoomError `invalid-option` */
  constructor(options: ConsultRoomOptions) {
    validateConsultRoomOptions(options);
    this.#options = options;
  }

  /** The room as the briefing agent sees it, as soon as it is there. */
  get joined(): Promise<Room> {
    return this.#joined.promise;
  }

  /** Known once the room is open. */
  get name(): string {
    return this.#opened.name;
  }

  /** Creates the room ahead of `open()`, which reports a failure. Resolves when it is there; never rejects. */
  async prepare(): Promise<void> {
    this.#creating ??= this.#create();
    await this.#creating.consult.catch(() => undefined);
  }

  async open(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#stop.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    if (this.#creating !== undefined && Date.now() - this.#creating.since > KEPT_MS) {
      const closing = closeRoom(this.#creating.consult);
      this.#stale = closing;
      this.#creating = undefined;
      // A room of the same name has to be gone before; that it could not be closed is told by `close()`.
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

  /** Calls back also when they left before anybody listened: a phone can be answered and hung up in one breath. */
  onHumanLeft(listener: (how: LeaveHow) => void): () => void {
    if (this.#humanLeft !== undefined) listener(this.#humanLeft);
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back also when it was lost before anybody listened. */
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
      `the consult room could not be closed for certain: ${problems.map(({ step }) => step).join(', ')}`,
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

  #leave(how: LeaveHow): void {
    this.#humanLeft ??= how;
    for (const listener of this.#listeners) listener(how);
    this.#listeners.clear();
  }

  /** The human agent may still be there: that they left is not known. */
  #lose(reason: DisconnectReason): void {
    this.#lost ??= new Error(`the briefing agent lost the consult room (${DisconnectReason[reason] ?? reason})`);
    for (const listener of this.#lostListeners) listener(this.#lost);
    this.#lostListeners.clear();
  }
}

/** Resolves to what could not be closed. One that could not be created has been told by `open()`, or is nobody's concern. */
async function closeRoom(created: Promise<ConsultRoom>): Promise<CloseReport['problems']> {
  const consult = await created.catch(() => undefined);
  const report = await consult?.close();
  return report?.problems ?? [];
}

/** For how long a room that was created ahead is taken for there: the server deletes an empty one after two minutes. */
const KEPT_MS = 60_000;

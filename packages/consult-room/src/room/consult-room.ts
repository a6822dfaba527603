import { randomUUID } from 'node:crypto';
import { RoomEvent } from '@livekit/rtc-node';
import type { DisconnectReason, Room } from '@livekit/rtc-node';
import { ConsultRoomError } from '../consult-room-error.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { guardHandler } from '../async/guard-handler.js';
import { keepTrying } from '../async/retry-in-background.js';
import { raceSignal, throwIfAborted } from '../async/race-signal.js';
import { cancelable } from '../options/shapes.js';
import { validate } from '../options/validate.js';
import type { InviteOptions } from '../options/invite-options.js';
import type { Cancelable } from '../options/signal-options.js';
import { mintAgentToken, mintGuestToken } from './access-tokens.js';
import type { TokenMaker } from './access-tokens.js';
import { createRoom } from './create-room.js';
import { resolveConsultRoomOptions } from '../options/consult-room-options.js';
import type { ConsultRoomOptions, ResolvedConsultRoomOptions } from '../options/consult-room-options.js';
import { obtainRoom } from './create-or-reuse-room.js';
import type { ParticipantLeft } from './participant-left.js';
import { releaseLate, releaseRoom } from './release-room.js';
import type { CloseProblem } from './release-room.js';
import { RoomConnection } from './room-connection.js';
import { connectRoomService, sipKind } from '../api/room-service.js';
import type { RoomService } from '../api/room-service.js';
import { watchDeparture } from './watch-participant-left.js';

/**
 * After a restart of the server, or the loss of our connection to it, phones come back for so long, and with them a room
 * that was deleted, or that the server did not know any more. In milliseconds.
 */
const comeBackMs = 60_000;

export interface CloseReport {
  /** Everything of ours is gone, and a listing has shown it. */
  readonly clean: boolean;
  /** What could not be done within the limit, by step. */
  readonly problems: readonly CloseProblem[];
  readonly tookMs: number;
}

/**
 * The private room in which a human agent is briefed.
 *
 * Whoever creates one must `close()` it: until then the room, and a phone that rings in it, stay.
 */
export class ConsultRoom implements AsyncDisposable {
  readonly name: string;
  readonly transferId: string;
  /** The briefing agent's identity. */
  readonly identity: string;
  /** False for a room that was there before: it is used, and not deleted. */
  readonly owned: boolean;
  readonly #options: ResolvedConsultRoomOptions;
  readonly #service: RoomService;
  readonly #tokens: TokenMaker;
  readonly #guests = new Set<string>();
  readonly #watches = new Set<() => void>();
  /** Made before it is connected, so that a watch can begin before anybody can come and go unseen. */
  readonly #room = createRoom();
  #connection: RoomConnection | undefined;
  #joining: Promise<Room> | undefined;
  #closing: Promise<CloseReport> | undefined;
  /** Until when people may come back, by `performance.now()`. */
  #unsteadyUntil = 0;

  private constructor(options: ResolvedConsultRoomOptions, service: RoomService, name: string, owned: boolean) {
    this.name = name;
    this.transferId = options.transferId;
    this.identity = options.identity;
    this.owned = owned;
    this.#options = options;
    this.#service = service;
    this.#tokens = { apiKey: options.apiKey, apiSecret: options.apiSecret, room: name };
    this.#room.on(RoomEvent.Reconnecting, () => {
      this.#unsteadyUntil = performance.now() + comeBackMs;
    });
  }

  /**
   * Creates the room on the server, and does not join it: dialing into it can begin at once.
   *
   * @throws ConsultRoomError `invalid-option`, `in-use`, `unauthorized`, `unreachable`, `timeout`, `server` or
   * `aborted`.
   */
  static async create(options: ConsultRoomOptions & Cancelable): Promise<ConsultRoom> {
    const resolved = resolveConsultRoomOptions(options);
    throwIfAborted(options.signal, 'create the consult room');
    const service = resolved.roomService ?? connectRoomService(resolved);
    const name = resolved.name ?? `consult-${randomUUID()}`;
    const owned = await obtainRoom(service, name, resolved, options.signal);
    return new ConsultRoom(resolved, service, name, owned);
  }

  /** Creates and joins. Leaves nothing behind if it fails. */
  static async open(options: ConsultRoomOptions & Cancelable): Promise<ConsultRoom> {
    const consult = await ConsultRoom.create(options);
    try {
      await consult.join({ signal: options.signal });
      return consult;
    } catch (error) {
      await consult.close();
      throw error;
    }
  }

  /** The briefing agent's connection, once joined. Owned by this object: `close()` disconnects it. */
  get room(): Room | undefined {
    return this.#room.isConnected ? this.#room : undefined;
  }

  /**
   * Joins as the briefing agent. Safe to call more than once, and while a call is dialed into the room.
   *
   * `signal` ends the waiting; the connection that was begun is released by `close()`. A failure is final: close
   * this room and create another.
   *
   * @throws ConsultRoomError `media`, `unauthorized`, `timeout`, `aborted` or `closed`.
   */
  async join(options: Cancelable = {}): Promise<Room> {
    validate(cancelable, options);
    throwIfAborted(options.signal, 'join the consult room');
    if (this.#closing) throw new ConsultRoomError('closed', 'the consult room was closed');
    this.#joining ??= this.#connect();
    return raceSignal(this.#joining, options.signal, 'join the consult room');
  }

  /**
   * Calls `listener` each time `identity` leaves. Begin before the participant can come: nobody is told of the past.
   * The same identity connecting anew does not count. Returns the function that stops it; `close()` stops it too.
   */
  onParticipantLeft(identity: string, listener: (left: ParticipantLeft) => void): () => void {
    const stop = watchDeparture(this.#room, identity, listener);
    this.#watches.add(stop);
    return () => {
      this.#watches.delete(stop);
      stop();
    };
  }

  /** Calls `listener` when the briefing agent's connection ends by anything but `close()`. */
  onDisconnected(listener: (reason: DisconnectReason) => void): () => void {
    const tell = guardHandler('a listener of onDisconnected', listener);
    const onDisconnected = (reason: DisconnectReason): void => {
      if (!this.#closing) tell(reason);
    };
    this.#room.on(RoomEvent.Disconnected, onDisconnected);
    return () => this.#room.off(RoomEvent.Disconnected, onDisconnected);
  }

  /** A token with which a human (or a silent supervisor) joins from a browser. Give it to nobody else. */
  async invite(guest: InviteOptions): Promise<string> {
    if (this.#closing) throw new ConsultRoomError('closed', 'the consult room was closed');
    const token = await mintGuestToken(this.#tokens, guest);
    this.#guests.add(guest.identity);
    return token;
  }

  /**
   * Leaves, and deletes the room if we created it (phones that ring in it stop); from a room that was there before,
   * the phones and invited guests are removed. Tries again what fails, within limits, and checks by listing. What is left
   * then is tried in the background, for ten minutes, as long as the process lives; who comes back after a restart of the
   * server is removed there, too. Never throws; a second call returns the first one's report.
   */
  close(): Promise<CloseReport> {
    this.#closing ??= this.#close();
    for (const stop of this.#watches) stop();
    this.#watches.clear();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #connect(): Promise<Room> {
    const { identity, kind, tokenTtlMs: ttlMs, url, joinTimeoutMs } = this.#options;
    const token = await mintAgentToken(this.#tokens, { identity, kind, ttlMs });
    if (this.#closing) throw new ConsultRoomError('closed', 'the consult room was closed');
    this.#connection = new RoomConnection(this.#room, url, token, joinTimeoutMs);
    return this.#connection.joined;
  }

  async #close(): Promise<CloseReport> {
    const startedAt = performance.now();
    const limitMs = this.#options.closeTimeoutMs;
    const people = new Set([...this.#guests, ...this.#phones()]);
    const arriving = this.#joining !== undefined && !this.#room.isConnected;
    // A client whose room is deleted while it arrives hangs for long, or makes the server create the room again. So
    // the phones are stopped at once, and the room is deleted when we are through.
    const [left, first] = await Promise.all([
      this.#leave(arriving ? limitMs / 2 : limitMs),
      this.#release(this.owned && !arriving, limitMs),
    ]);
    const problems = arriving ? await this.#release(this.owned, limitMs - (performance.now() - startedAt)) : first;
    this.#room.removeAllListeners();
    if (problems.length > 0 || startedAt < this.#unsteadyUntil) {
      const isNameOurs = this.owned && this.#options.name === undefined;
      const release = (): Promise<boolean> =>
        releaseLate({ service: this.#service, name: this.name, isNameOurs, people });
      // A phone that comes back after a restart waits for nothing.
      keepTrying(async () => (await release()) && performance.now() >= this.#unsteadyUntil, this.#unsteadyUntil);
    }
    const all = [...left, ...problems];
    return { clean: all.length === 0, problems: all, tookMs: performance.now() - startedAt };
  }

  /** Those that were seen in the room. */
  #phones(): readonly string[] {
    const people = [...this.#room.remoteParticipants.values()];
    return people.filter(({ info }) => Number(info.kind) === sipKind).map(({ identity }) => identity);
  }

  async #leave(limitMs: number): Promise<readonly CloseProblem[]> {
    try {
      await this.#connection?.close(limitMs);
      return [];
    } catch (error) {
      return [{ step: 'disconnect', error: toConsultRoomError(error, 'leave the consult room', 'media') }];
    }
  }

  #release(owned: boolean, limitMs: number): Promise<readonly CloseProblem[]> {
    return releaseRoom({
      service: this.#service,
      name: this.name,
      owned,
      guests: this.#guests,
      retryMs: this.#options.closeRetryMs,
      limitMs,
    });
  }
}

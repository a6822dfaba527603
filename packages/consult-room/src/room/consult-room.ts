import { randomUUID } from 'node:crypto';
import { type DisconnectReason, type Room, RoomEvent } from '@livekit/rtc-node';
import { connectRoomService, type RoomService } from '../api/room-service.js';
import { guardHandler } from '../async/guard-handler.js';
import { raceSignal, throwIfAborted } from '../async/race-signal.js';
import { retryInBackground } from '../async/retry-in-background.js';
import { ConsultRoomError } from '../consult-room-error.js';
import {
  type ConsultRoomOptions,
  parseConsultRoomOptions,
  type ParsedConsultRoomOptions,
} from '../options/consult-room-options.js';
import type { InviteOptions } from '../options/invite-options.js';
import { signalOptions } from '../options/shapes.js';
import type { SignalOptions } from '../options/signal-options.js';
import { validate } from '../options/validate.js';
import { mintAgentToken, mintGuestToken, type TokenMaker } from './access-tokens.js';
import type { CloseProblem, CloseReport } from './close-report.js';
import { createOrReuseRoom } from './create-or-reuse-room.js';
import { createRoom } from './create-room.js';
import type { ParticipantLeft } from './participant-left.js';
import { releaseLate, releaseRoom } from './release-room.js';
import { leaveRoom, phonesIn, RoomConnection } from './room-connection.js';
import { watchParticipantLeft } from './watch-participant-left.js';

/**
 * How long phones may come back after a restart of the server or the loss of this client's connection, in milliseconds.
 * A room that was deleted, or that the server had forgotten, comes back with them.
 */
const reconnectGraceMs = 60_000;

/**
 * The private room in which a human agent is briefed.
 *
 * Call `close()` when done: until then, the room and a phone that rings in it stay.
 */
export class ConsultRoom implements AsyncDisposable {
  readonly name: string;
  readonly transferId: string;
  /** The briefing agent's identity. */
  readonly identity: string;
  /** False for a room that existed before: it is used, and not deleted. */
  readonly owned: boolean;
  readonly #options: ParsedConsultRoomOptions;
  readonly #service: RoomService;
  readonly #tokens: TokenMaker;
  readonly #guests = new Set<string>();
  readonly #watches = new Set<() => void>();
  /** Created before it is connected, so that a watch can start before a participant joins. */
  readonly #room = createRoom();
  #connection: RoomConnection | undefined;
  #joining: Promise<Room> | undefined;
  #closing: Promise<CloseReport> | undefined;
  /** The time until which participants may come back, by `performance.now()`. */
  #reconnectingUntil = 0;

  private constructor(options: ParsedConsultRoomOptions, service: RoomService, name: string, owned: boolean) {
    this.name = name;
    this.transferId = options.transferId;
    this.identity = options.identity;
    this.owned = owned;
    this.#options = options;
    this.#service = service;
    this.#tokens = { apiKey: options.apiKey, apiSecret: options.apiSecret, room: name };
    this.#room.on(RoomEvent.Reconnecting, () => {
      this.#reconnectingUntil = performance.now() + reconnectGraceMs;
    });
  }

  /**
   * Creates the room on the server without joining it: dialing into it can start immediately.
   *
   * @throws ConsultRoomError `invalid-option`, `in-use`, `unauthorized`, `unreachable`, `timeout`, `server` or
   * `aborted`
   */
  static async create(options: ConsultRoomOptions & SignalOptions): Promise<ConsultRoom> {
    const parsed = parseConsultRoomOptions(options);
    throwIfAborted(options.signal, 'create the consult room');
    const service = parsed.roomService ?? connectRoomService(parsed);
    const name = parsed.name ?? `consult-${randomUUID()}`;
    const owned = await createOrReuseRoom(service, name, parsed, options.signal);
    return new ConsultRoom(parsed, service, name, owned);
  }

  /** Creates the room and joins it. Leaves nothing behind if that fails. */
  static async open(options: ConsultRoomOptions & SignalOptions): Promise<ConsultRoom> {
    const consult = await ConsultRoom.create(options);
    try {
      await consult.join({ signal: options.signal });
      return consult;
    } catch (error) {
      await consult.close();
      throw error;
    }
  }

  /** The briefing agent's connection, once joined. This object owns it: `close()` disconnects it. */
  get room(): Room | undefined {
    return this.#room.isConnected ? this.#room : undefined;
  }

  /**
   * Joins as the briefing agent. May be called more than once, and while a phone is being dialed into the room.
   *
   * When `signal` aborts, the call rejects; the connection that was started is released by `close()`. A failure is
   * final: close this room and create another one.
   *
   * @throws ConsultRoomError `media`, `unauthorized`, `timeout`, `aborted` or `closed`
   */
  async join(options: SignalOptions = {}): Promise<Room> {
    validate(signalOptions, options);
    throwIfAborted(options.signal, 'join the consult room');
    if (this.#closing) throw new ConsultRoomError('closed', 'the consult room was closed');
    this.#joining ??= this.#connect();
    return raceSignal(this.#joining, options.signal, 'join the consult room');
  }

  /**
   * Calls `listener` each time `identity` leaves the room; a reconnect does not count. Call it before the participant
   * can join: no event is emitted for one who left before. Returns the function that stops it; `close()` stops it too.
   */
  onParticipantLeft(identity: string, listener: (left: ParticipantLeft) => void): () => void {
    const stop = watchParticipantLeft(this.#room, identity, listener);
    this.#watches.add(stop);
    return () => {
      this.#watches.delete(stop);
      stop();
    };
  }

  /** Calls `listener` when the briefing agent's connection ends by anything but `close()`. */
  onDisconnected(listener: (reason: DisconnectReason) => void): () => void {
    const notify = guardHandler('a listener of onDisconnected', listener);
    const onDisconnected = (reason: DisconnectReason): void => {
      if (!this.#closing) notify(reason);
    };
    this.#room.on(RoomEvent.Disconnected, onDisconnected);
    return () => this.#room.off(RoomEvent.Disconnected, onDisconnected);
  }

  /**
   * Creates a token with which a human agent or a silent supervisor joins from a browser. Give it to no other person.
   *
   * @throws ConsultRoomError `invalid-option` or `closed`
   */
  async invite(guest: InviteOptions): Promise<string> {
    if (this.#closing) throw new ConsultRoomError('closed', 'the consult room was closed');
    const token = await mintGuestToken(this.#tokens, guest);
    this.#guests.add(guest.identity);
    return token;
  }

  /**
   * Leaves the room. Deletes it if this object created it, which stops phones that ring in it; from a room that existed
   * before, removes the phones and the invited guests. Retries failed requests within the timeout, and checks the
   * result by listing. What remains after that is retried in the background, for ten minutes, as long as the process
   * lives; phones that come back after a restart of the server are removed there, too. Never throws; a second call
   * returns the report of the first one.
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
    const timeoutMs = this.#options.closeTimeoutMs;
    const participants = new Set([...this.#guests, ...phonesIn(this.#room)]);
    const arriving = this.#joining !== undefined && !this.#room.isConnected;
    // A client whose room is deleted while it joins hangs for long, or makes the server create the room again. So the
    // phones are removed immediately, and the room is deleted once the join has ended.
    const [left, first] = await Promise.all([
      leaveRoom(this.#connection, arriving ? timeoutMs / 2 : timeoutMs),
      this.#release(this.owned && !arriving, timeoutMs),
    ]);
    const problems = arriving ? await this.#release(this.owned, timeoutMs - (performance.now() - startedAt)) : first;
    this.#room.removeAllListeners();
    if (problems.length > 0 || startedAt < this.#reconnectingUntil) {
      const isNameOurs = this.owned && this.#options.name === undefined;
      const release = (): Promise<boolean> =>
        releaseLate({ service: this.#service, name: this.name, isNameOurs, participants });
      // A phone that comes back after a restart of the server is hung up as well.
      retryInBackground(
        async () => (await release()) && performance.now() >= this.#reconnectingUntil,
        this.#reconnectingUntil,
      );
    }
    const all = [...left, ...problems];
    return { clean: all.length === 0, problems: all, tookMs: performance.now() - startedAt };
  }

  #release(owned: boolean, timeoutMs: number): Promise<readonly CloseProblem[]> {
    return releaseRoom({
      service: this.#service,
      name: this.name,
      owned,
      guests: this.#guests,
      retryMs: this.#options.closeRetryMs,
      timeoutMs,
    });
  }
}

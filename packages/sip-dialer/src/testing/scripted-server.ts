import type { CreateSipParticipantOptions, TransferSipParticipantOptions } from 'livekit-server-sdk';
import type { RoomApiParticipant, RoomApi } from '../api/room-api.js';
import type { SipApi, SipApiConnection, SipApiParticipant } from '../api/sip-api.js';
import { type Clock, pause, systemClock } from '../clock.js';
import { ScriptedCall } from './scripted-call.js';
import {
  noSuchParticipant,
  sipRejection,
  transferredElsewhere,
  transportFailure,
  unknownTrunk,
  wrongSecret,
} from './scripted-failures.js';
import type { ScriptedPhone } from './scripted-phone.js';
import { type ScriptedLeg, ScriptedRoom } from './scripted-room.js';
import { type ScriptedTransfer, scriptTransfer } from './scripted-transfer.js';

export interface ScriptedServerOptions {
  readonly clock?: Clock;
  /** How long a request to the room service takes, in milliseconds. Default 1. */
  readonly roomCallMs?: number;
  /** How many requests to the room service fail before one succeeds. Default 0. */
  readonly failingRoomCalls?: number;
  /** A token that every request fails with, as for a wrong secret: the error repeats it. */
  readonly rejectedToken?: string;
}

export interface ScriptedRequest {
  readonly trunkId: string;
  readonly number: string;
  readonly roomName: string;
  readonly options: CreateSipParticipantOptions;
  readonly connection: SipApiConnection | undefined;
}

/** A transfer request that the scripted server received. */
export interface ScriptedTransferRequest {
  readonly roomName: string;
  readonly identity: string;
  readonly to: string;
  readonly options: TransferSipParticipantOptions;
}

/** How long the gateway repeats the REFER to a phone that does not respond. */
const referMs = 32_000;

/** The ID of the stored trunk that a scripted server knows. */
export const scriptedTrunk = 'ST_scripted';

/**
 * Scripted clients in place of the SDK's two, with LiveKit's errors, attributes, order of events and disconnect reasons.
 * A number without a phone responds with SIP 404.
 */
export class ScriptedServer {
  readonly sip: SipApi;
  readonly rooms: RoomApi;
  readonly phones: Map<string, ScriptedPhone> = new Map();
  /** All dial requests, in order. */
  readonly requests: ScriptedRequest[] = [];
  /** The behavior of phones that are transferred to a URI; takes precedence over their own scripts. */
  readonly transfers: Map<string, ScriptedTransfer> = new Map();
  /** All transfer requests, in order. */
  readonly transferRequests: ScriptedTransferRequest[] = [];
  readonly calls: ScriptedCall[] = [];
  /** The targets to which legs are being transferred. */
  readonly #pending = new Map<ScriptedLeg, string>();
  readonly #rooms = new Map<string, ScriptedRoom>();
  readonly #clock: Clock;
  readonly #options: ScriptedServerOptions;
  #roomCalls = 0;

  constructor(options: ScriptedServerOptions = {}) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.sip = {
      createSipParticipant: (...request) => this.#dial(...request),
      transferSipParticipant: (...request) => this.#transfer(...request),
    };
    this.rooms = {
      listParticipants: (roomName) => this.#list(roomName),
      removeParticipant: (roomName, identity) => this.#remove(roomName, identity),
    };
  }

  room(name: string): ScriptedRoom {
    const room = this.#rooms.get(name) ?? new ScriptedRoom(name);
    this.#rooms.set(name, room);
    return room;
  }

  /** The calls whose phone rings or is on the line. */
  get liveCalls(): readonly ScriptedCall[] {
    return this.calls.filter(({ live }) => live);
  }

  async #dial(
    trunkId: string,
    number: string,
    roomName: string,
    options: CreateSipParticipantOptions = {},
    connection?: SipApiConnection,
  ): Promise<SipApiParticipant> {
    this.requests.push({ trunkId, number, roomName, options, connection });
    this.#authorize();
    if (connection === undefined && trunkId !== scriptedTrunk) throw unknownTrunk();
    const phone = this.phones.get(number);
    if (phone === undefined) throw sipRejection(404).error;
    const callId = `SCL_${this.requests.length}`;
    const call = new ScriptedCall({ clock: this.#clock, room: this.room(roomName), phone, options, callId });
    this.calls.push(call);
    return call.response;
  }

  async #transfer(
    roomName: string,
    identity: string,
    to: string,
    options: TransferSipParticipantOptions = {},
  ): Promise<void> {
    this.transferRequests.push({ roomName, identity, to, options });
    this.#authorize();
    const room = this.room(roomName);
    const call = this.liveCalls.find((live) => live.identity === identity && live.roomName === roomName);
    const leave = (leg: ScriptedLeg): void => {
      if (call === undefined) room.leave(leg, 1);
      else call.hangUp();
    };
    const phone = this.transfers.get(to) ?? call?.onRefer ?? { does: 'go' };
    const { ringingTimeout: ringingTimeoutS = 30 } = options;
    const leg = room.remoteParticipants.get(identity);
    if (leg !== undefined && (this.#pending.get(leg) ?? to) !== to) throw transferredElsewhere();
    const transferring = scriptTransfer({ clock: this.#clock, leg, phone, ringingTimeoutS, leave });
    if (leg !== undefined) this.#hold(leg, to, phone, transferring);
    await transferring;
  }

  /** The gateway repeats the REFER to a phone that does not respond, beyond the end of the request. */
  #hold(leg: ScriptedLeg, to: string, { does }: ScriptedTransfer, transferring: Promise<void>): void {
    this.#pending.set(leg, to);
    const release = (): void => void this.#pending.delete(leg);
    if (does === 'nothing') this.#clock.after(referMs, release);
    else transferring.then(release, release);
  }

  async #list(roomName: string): Promise<readonly RoomApiParticipant[]> {
    await this.#roomCall();
    return [...this.room(roomName).remoteParticipants.values()].map(({ identity, attributes, state }) => ({
      identity,
      state,
      attributes: { ...attributes },
    }));
  }

  async #remove(roomName: string, identity: string): Promise<void> {
    await this.#roomCall();
    const room = this.room(roomName);
    if (!room.remoteParticipants.has(identity)) throw noSuchParticipant();
    this.liveCalls.find((call) => call.identity === identity && call.roomName === roomName)?.remove();
  }

  async #roomCall(): Promise<void> {
    this.#authorize();
    await pause(this.#clock, this.#options.roomCallMs ?? 1);
    this.#roomCalls += 1;
    if (this.#roomCalls <= (this.#options.failingRoomCalls ?? 0)) throw transportFailure('ECONNRESET');
  }

  #authorize(): void {
    const { rejectedToken } = this.#options;
    if (rejectedToken !== undefined) throw wrongSecret(rejectedToken);
  }
}

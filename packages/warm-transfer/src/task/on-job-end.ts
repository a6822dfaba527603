import { ParticipantKind, type Room, RoomEvent } from '@livekit/rtc-node';
import { SipDialer } from '@org/sip-dialer';
import { RoomServiceClient } from 'livekit-server-sdk';
import { hangUpOne } from '../adapters/hang-up-one.js';
import type { CallOver } from '../outcome/connected-call-end.js';
import type { CallerLocation } from '../session/locate-caller.js';
import { mergedCall, type MergedCall } from '../outcome/merged-call.js';

/**
 * What becomes of a connected call when the job ends.
 *
 * - `leave` (default): people who are in one room go on talking. A bridged call cannot live without the job: both are
 *   hung up.
 * - `hang-up`: both are hung up, wherever they are.
 * - `coldTransferTo`: as `leave`, but a bridged caller on the phone is sent on to this number by REFER.
 */
export type OnJobEnd = 'leave' | 'hang-up' | { readonly coldTransferTo: string };

/** Watches the connection to the caller's room, which a job that ends closes before anything else is asked. */
export class JobEnd {
  readonly #location: CallerLocation;
  readonly #onJobEnd: OnJobEnd;
  #call: MergedCall | undefined;
  /** Resolves to whether the caller was sent on. */
  #acting: Promise<boolean> | undefined;
  #notSentOn: unknown;

  /** Made before the transfer begins: it has to hear of the end of the connection first. */
  constructor(location: CallerLocation, onJobEnd: OnJobEnd) {
    this.#location = location;
    this.#onJobEnd = onJobEnd;
    location.room.once(RoomEvent.Disconnected, this.#onDisconnected);
  }

  /** The two are connected. Returns their call as the program is told of it: who is sent on has not been hung up on. */
  connected(call: MergedCall): MergedCall {
    this.#call = call;
    void this.#forget(call);
    const ended = this.#endOf(call);
    const hangUp = async (): Promise<CallOver> => {
      await call.hangUp();
      return ended;
    };
    const { listen } = call;
    return mergedCall(call, { humanAgentIdentity: () => call.humanAgentIdentity, ended, hangUp, listen });
  }

  /** Resolves when everything is done; rejects with what could not be done. */
  async settled(): Promise<void> {
    await this.#acting;
    if (this.#notSentOn === undefined) return;
    throw new Error('the caller was hung up on, as they could not be sent on', { cause: this.#notSentOn });
  }

  stopWatching(): void {
    this.#location.room.off(RoomEvent.Disconnected, this.#onDisconnected);
  }

  /** Whether somebody is sent on is known when their phone has said so. */
  async #endOf(call: MergedCall): Promise<CallOver> {
    const over = await call.ended;
    // What could not be done is told by settled().
    const isSentOn = (await this.#acting?.catch(() => false)) ?? false;
    return isSentOn ? { ...over, caller: 'cold-transferred' } : over;
  }

  async #forget(call: MergedCall): Promise<void> {
    await call.ended;
    this.#call = undefined;
  }

  readonly #onDisconnected = (): void => {
    const call = this.#call;
    if (call === undefined) return;
    this.#acting = this.#act(call);
    // Told by settled().
    this.#acting.catch(() => undefined);
  };

  async #act(call: MergedCall): Promise<boolean> {
    const bridged = call.by === 'bridge';
    const human = call.humanAgentIdentity;
    // Said before the transfer itself takes our leaving for the caller's.
    if (bridged || this.#onJobEnd === 'hang-up') void call.hangUp();
    const { callerIdentity } = this.#location;
    if (callerIdentity === undefined) return false;
    if (bridged && (await this.#sentOn(callerIdentity))) return true;
    if (!bridged && this.#onJobEnd !== 'hang-up') return false;
    await Promise.all([callerIdentity, ...(bridged ? [] : [human])].map((identity) => this.#hangUp(identity)));
    return false;
  }

  async #sentOn(identity: string): Promise<boolean> {
    const { room, callerRoomName: roomName, url, apiKey, apiSecret } = this.#location;
    const isPhone = kindOf(room, identity) === ParticipantKind.SIP;
    if (typeof this.#onJobEnd === 'string' || !isPhone) return false;
    const request = { roomName, identity, to: this.#onJobEnd.coldTransferTo };
    try {
      const result = await new SipDialer({ url, apiKey, apiSecret }).coldTransfer(request);
      if (result.status === 'transferred') return true;
      throw new Error(`the cold transfer was not made: ${result.status}`, { cause: result });
    } catch (cause) {
      this.#notSentOn = cause;
      return false;
    }
  }

  async #hangUp(identity: string): Promise<void> {
    const { callerRoomName, url, apiKey, apiSecret } = this.#location;
    const rooms = new RoomServiceClient(url, apiKey, apiSecret, { failover: false });
    await hangUpOne(rooms, { room: callerRoomName, identity });
  }
}

/** A room that was left still knows who was in it. */
const kindOf = (room: Room, identity: string): ParticipantKind | undefined =>
  room.remoteParticipants.get(identity)?.info.kind;

import { ParticipantKind, type Room, RoomEvent } from '@livekit/rtc-node';
import { SipDialer } from '@org/sip-dialer';
import { RoomServiceClient } from 'livekit-server-sdk';
import { hangUpOne } from '../adapters/hang-up-one.js';
import type { ConnectedCallEnd } from '../outcome/connected-call-end.js';
import type { CallerLocation } from '../session/locate-caller.js';
import { createConnectedCall, type ConnectedCall } from '../outcome/connected-call.js';

/**
 * What to do with a connected call when the job ends.
 *
 * - `leave` (default): participants in one room continue to talk. A bridged call needs the job: both are hung up on.
 * - `hang-up`: both are hung up on, in either case.
 * - `coldTransferTo`: as `leave`, but a bridged caller on the phone is cold-transferred to this number (REFER).
 */
export type OnJobEnd = 'leave' | 'hang-up' | { readonly coldTransferTo: string };

/** Applies `onJobEnd` when the connection to the caller room ends, which is the first step of a job's end. */
export class JobEndHandler {
  readonly #location: CallerLocation;
  readonly #onJobEnd: OnJobEnd;
  #call: ConnectedCall | undefined;
  /** Resolves to whether the caller was cold-transferred. */
  #acting: Promise<boolean> | undefined;
  #transferError: unknown;

  /** Create it before the transfer starts: it must be notified first of the end of the connection. */
  constructor(location: CallerLocation, onJobEnd: OnJobEnd) {
    this.#location = location;
    this.#onJobEnd = onJobEnd;
    location.room.once(RoomEvent.Disconnected, this.#onDisconnected);
  }

  /**
   * Registers the connected call, and returns it as the program sees it: a cold-transferred caller was not hung up on.
   */
  connected(call: ConnectedCall): ConnectedCall {
    this.#call = call;
    void this.#forget(call);
    const ended = this.#endOf(call);
    const hangUp = async (): Promise<ConnectedCallEnd> => {
      await call.hangUp();
      return ended;
    };
    const { listen } = call;
    return createConnectedCall(call, { humanAgentIdentity: () => call.humanAgentIdentity, ended, hangUp, listen });
  }

  /** Resolves when everything is done; rejects with the error of a failed cold transfer. */
  async settled(): Promise<void> {
    await this.#acting;
    if (this.#transferError === undefined) return;
    throw new Error('the caller was hung up on, as the cold transfer failed', { cause: this.#transferError });
  }

  stopWatching(): void {
    this.#location.room.off(RoomEvent.Disconnected, this.#onDisconnected);
  }

  /** Returns the end of a call, after the result of a cold transfer. */
  async #endOf(call: ConnectedCall): Promise<ConnectedCallEnd> {
    const over = await call.ended;
    // An error is reported by settled().
    const isColdTransferred = (await this.#acting?.catch(() => false)) ?? false;
    return isColdTransferred ? { ...over, caller: 'cold-transferred' } : over;
  }

  async #forget(call: ConnectedCall): Promise<void> {
    await call.ended;
    this.#call = undefined;
  }

  readonly #onDisconnected = (): void => {
    const call = this.#call;
    if (call === undefined) return;
    this.#acting = this.#act(call);
    // Reported by settled().
    this.#acting.catch(() => undefined);
  };

  async #act(call: ConnectedCall): Promise<boolean> {
    const bridged = call.by === 'bridge';
    const human = call.humanAgentIdentity;
    // Before the transfer itself mistakes our departure for the caller's.
    if (bridged || this.#onJobEnd === 'hang-up') void call.hangUp();
    const { callerIdentity } = this.#location;
    if (callerIdentity === undefined) return false;
    if (bridged && (await this.#coldTransfer(callerIdentity))) return true;
    if (!bridged && this.#onJobEnd !== 'hang-up') return false;
    await Promise.all([callerIdentity, ...(bridged ? [] : [human])].map((identity) => this.#hangUp(identity)));
    return false;
  }

  async #coldTransfer(identity: string): Promise<boolean> {
    const { room, callerRoomName: roomName, url, apiKey, apiSecret } = this.#location;
    const isPhone = kindOf(room, identity) === ParticipantKind.SIP;
    if (typeof this.#onJobEnd === 'string' || !isPhone) return false;
    const request = { roomName, identity, to: this.#onJobEnd.coldTransferTo };
    try {
      const result = await new SipDialer({ url, apiKey, apiSecret }).coldTransfer(request);
      if (result.status === 'transferred') return true;
      throw new Error(`the cold transfer failed: ${result.status}`, { cause: result });
    } catch (cause) {
      this.#transferError = cause;
      return false;
    }
  }

  async #hangUp(identity: string): Promise<void> {
    const { callerRoomName, url, apiKey, apiSecret } = this.#location;
    const rooms = new RoomServiceClient(url, apiKey, apiSecret, { failover: false });
    await hangUpOne(rooms, { room: callerRoomName, identity });
  }
}

/** Returns the kind of a participant; a disconnected room still has its participants. */
const kindOf = (room: Room, identity: string): ParticipantKind | undefined =>
  room.remoteParticipants.get(identity)?.info.kind;

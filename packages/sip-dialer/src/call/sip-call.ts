import { deferred, type Deferred, hasHungUp } from '@org/support';
import type { Clients } from '../api/connect-clients.js';
import type { Clock } from '../clock.js';
import { type DisconnectReasonName, disconnectReasonName } from '../leg/disconnect-reason.js';
import { SipDialerError } from '../sip-dialer-error.js';
import { coldTransfer } from '../cold-transfer/cold-transfer.js';
import { type CallTransferOptions, planCallTransfer } from '../cold-transfer/cold-transfer-request.js';
import type { ColdTransferResult } from '../cold-transfer/cold-transfer-result.js';
import { type DtmfResult, Keypad, type SendDtmfOptions } from './dtmf-sender.js';
import type { LegPlace, LegSighting } from '../leg/leg-observer.js';
import type { LegObserver } from '../leg/observe-leg.js';
import { removeLeg } from '../leg/remove-leg.js';
import type { WatchableRoom } from '../api/watchable-room.js';

/** How an answered call ended. */
export interface CallEnd {
  /**
   * `phone`: the far side hung up, or the maximum call length was reached. `us`: by `hangUp()`. `removed`: the leg or its
   * room was removed by somebody else. `lost`: the line broke. `unknown`: it is gone, and nobody saw why.
   */
  readonly by: 'phone' | 'us' | 'removed' | 'lost' | 'unknown';
  readonly disconnectReason?: DisconnectReasonName;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** An answered call. Hang it up, or wait for `ended`. */
export interface SipCall extends AsyncDisposable {
  /** Identity of the phone in the room. */
  readonly identity: string;
  readonly roomName: string;
  /** LiveKit's id of the call (`SCL_…`), when the server told it. */
  readonly callId: string | undefined;
  /** Resolves when the phone has left the room. Never rejects. */
  readonly ended: Promise<CallEnd>;
  /** Ends the call; resolves when the phone has left the room. Rejects with `hang-up-unverified` when that cannot be seen within 10 s. */
  hangUp(): Promise<void>;
  /**
   * Presses keys on the phone, as in `dtmf` of the request: `0-9 * # A-D`, `w` waits 0.5 s. One key takes 540 ms, which
   * is what LiveKit's gateway takes to play it; resolves when the last one is played. Keys of a second call wait for
   * those of the first; at most 120 s of them at once. Goes through the room given as `watch`, and reaches every phone in it: it must be the only one.
   *
   * Rejects with a `SipDialerError`: `missing-option` without `watch`, `invalid-option` for other keys, `keys-unsent`
   * when the room is lost, holds another phone, or does not let us.
   */
  sendDtmf(keys: string, options?: SendDtmfOptions): Promise<DtmfResult>;
  /** Asks the phone to leave and call `to` itself: `SipDialer.coldTransfer()` for this call. */
  coldTransfer(to: string, options?: CallTransferOptions): Promise<ColdTransferResult>;
  /** Hangs up, unless the call has ended. Never rejects: a failure is a process warning. The same as disposing of the call. */
  close(): Promise<void>;
}

export interface LiveCallParts {
  readonly place: LegPlace;
  readonly callId: string | undefined;
  readonly clients: Clients;
  readonly clock: Clock;
  /** The room to press keys in. It is not ours. */
  readonly watch: WatchableRoom | Promise<WatchableRoom> | undefined;
  /** Becomes the call's own. */
  readonly observer: LegObserver;
  /** The last that was seen of the leg. */
  readonly last: {
    readonly callStatus: string | undefined;
    readonly left: boolean;
    readonly disconnectReason?: number;
  };
}

const hangUpLimitMs = 10_000;

export class LiveCall implements SipCall {
  readonly identity: string;
  readonly roomName: string;
  readonly callId: string | undefined;
  readonly ended: Promise<CallEnd>;
  readonly #parts: LiveCallParts;
  #callStatus: string | undefined;
  #hangingUp: Promise<void> | undefined;
  readonly #ended: Deferred<CallEnd> = deferred();
  readonly #over = new AbortController();
  readonly #keypad: Keypad;

  constructor(parts: LiveCallParts) {
    const { place, observer, last } = parts;
    this.identity = place.identity;
    this.roomName = place.roomName;
    this.callId = parts.callId;
    this.#parts = parts;
    this.#callStatus = last.callStatus;
    this.ended = this.#ended.promise;
    this.#keypad = new Keypad({ ...parts, over: this.#over.signal });
    if (last.left) {
      this.#leave(last.disconnectReason);
    } else {
      observer.tell((sighting) => this.#see(sighting));
      observer.calmDown();
    }
  }

  hangUp(): Promise<void> {
    if (this.#over.signal.aborted) return Promise.resolve();
    this.#hangingUp ??= this.#remove().finally(() => {
      this.#hangingUp = undefined;
    });
    return this.#hangingUp;
  }

  sendDtmf(keys: string, options: SendDtmfOptions = {}): Promise<DtmfResult> {
    return this.#keypad.press(keys, options);
  }

  async coldTransfer(to: string, options: CallTransferOptions = {}): Promise<ColdTransferResult> {
    const { clients, clock, place } = this.#parts;
    return coldTransfer(clients, clock, planCallTransfer(place, to, options), options.signal);
  }

  async close(): Promise<void> {
    try {
      await this.hangUp();
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
      this.#parts.observer.close();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #remove(): Promise<void> {
    const { clients, place, clock } = this.#parts;
    const { rooms } = clients;
    const { verified } = await removeLeg({ rooms, place, clock, limitMs: hangUpLimitMs, ready: true });
    if (verified) return this.#leave(undefined, 'us');
    // The server's own words may name the room and the phone, so they are left out.
    throw new SipDialerError('hang-up-unverified', 'the call was not seen to leave its room');
  }

  #see(sighting: LegSighting): void {
    if (sighting.type === 'seen') this.#callStatus = sighting.callStatus;
    else this.#leave(sighting.disconnectReason);
  }

  #leave(reason: number | undefined, by?: CallEnd['by']): void {
    const { observer, clock } = this.#parts;
    observer.close();
    const disconnectReason = disconnectReasonName(reason);
    const isPhone = hasHungUp(reason, this.#callStatus);
    this.#over.abort();
    this.#ended.resolve({
      by: by ?? (isPhone ? 'phone' : this.#whoEndedIt(disconnectReason)),
      ...(disconnectReason !== undefined && { disconnectReason }),
      at: clock.now(),
    });
  }

  #whoEndedIt(reason: DisconnectReasonName | undefined): CallEnd['by'] {
    switch (reason) {
      case 'PARTICIPANT_REMOVED':
        return this.#hangingUp === undefined ? 'removed' : 'us';
      case 'ROOM_DELETED':
        return 'removed';
      case undefined:
        return this.#hangingUp === undefined ? 'unknown' : 'us';
      default:
        return 'lost';
    }
  }
}

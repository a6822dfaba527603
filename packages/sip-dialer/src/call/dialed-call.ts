import { deferred, type Deferred, hasHungUp } from '@org/support';
import type { Clients } from '../api/connect-clients.js';
import type { WatchableRoom } from '../api/watchable-room.js';
import type { Clock } from '../clock.js';
import { coldTransfer } from '../cold-transfer/cold-transfer.js';
import { type CallTransferOptions, planCallTransfer } from '../cold-transfer/cold-transfer-request.js';
import type { ColdTransferResult } from '../cold-transfer/cold-transfer-result.js';
import { disconnectReasonName } from '../leg/disconnect-reason.js';
import type { LegPlace, LegSighting } from '../leg/leg-observer.js';
import type { LegObserver } from '../leg/observe-leg.js';
import { removeLeg } from '../leg/remove-leg.js';
import { SipDialerError } from '../sip-dialer-error.js';
import { type DtmfResult, DtmfSender, type SendDtmfOptions } from './dtmf-sender.js';
import { endedBy } from './ended-by.js';
import type { SipCall, SipCallEnd } from './sip-call.js';

export interface DialedCallParts {
  readonly place: LegPlace;
  readonly callId: string | undefined;
  readonly clients: Clients;
  readonly clock: Clock;
  /** The room through which keys are sent. Not closed by the call. */
  readonly watch: WatchableRoom | Promise<WatchableRoom> | undefined;
  /** Closed by the call when it ends. */
  readonly observer: LegObserver;
  /** The last state seen of the leg. */
  readonly last: {
    readonly callStatus: string | undefined;
    readonly legGone: boolean;
    readonly disconnectReason?: number;
  };
}

const hangUpTimeoutMs = 10_000;

export class DialedCall implements SipCall {
  readonly identity: string;
  readonly roomName: string;
  readonly callId: string | undefined;
  readonly ended: Promise<SipCallEnd>;
  readonly #parts: DialedCallParts;
  #callStatus: string | undefined;
  #hangingUp: Promise<void> | undefined;
  readonly #ended: Deferred<SipCallEnd> = deferred();
  readonly #hasEnded = new AbortController();
  readonly #dtmf: DtmfSender;

  constructor(parts: DialedCallParts) {
    const { place, observer, last } = parts;
    this.identity = place.identity;
    this.roomName = place.roomName;
    this.callId = parts.callId;
    this.#parts = parts;
    this.#callStatus = last.callStatus;
    this.ended = this.#ended.promise;
    this.#dtmf = new DtmfSender({ ...parts, ended: this.#hasEnded.signal });
    if (last.legGone) {
      this.#end(last.disconnectReason);
    } else {
      observer.setListener((sighting) => this.#onSighting(sighting));
      observer.slowDown();
    }
  }

  hangUp(): Promise<void> {
    if (this.#hasEnded.signal.aborted) return Promise.resolve();
    this.#hangingUp ??= this.#remove().finally(() => {
      this.#hangingUp = undefined;
    });
    return this.#hangingUp;
  }

  sendDtmf(keys: string, options: SendDtmfOptions = {}): Promise<DtmfResult> {
    return this.#dtmf.send(keys, options);
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
    const { verified } = await removeLeg({ rooms, place, clock, timeoutMs: hangUpTimeoutMs, ready: true });
    if (verified) return this.#end(undefined, 'us');
    // The server's message is omitted, since it may name the room and the phone.
    throw new SipDialerError('hang-up-unverified', 'the call was not seen to leave its room');
  }

  #onSighting(sighting: LegSighting): void {
    if (sighting.type === 'seen') this.#callStatus = sighting.callStatus;
    else this.#end(sighting.disconnectReason);
  }

  #end(reason: number | undefined, by?: SipCallEnd['by']): void {
    const { observer, clock } = this.#parts;
    observer.close();
    const disconnectReason = disconnectReasonName(reason);
    const isPhone = hasHungUp(reason, this.#callStatus);
    this.#hasEnded.abort();
    this.#ended.resolve({
      by: by ?? (isPhone ? 'phone' : endedBy(disconnectReason, this.#hangingUp !== undefined)),
      ...(disconnectReason !== undefined && { disconnectReason }),
      at: clock.now(),
    });
  }
}

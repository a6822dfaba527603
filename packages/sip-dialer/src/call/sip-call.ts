import type { CallTransferOptions } from '../cold-transfer/cold-transfer-request.js';
import type { ColdTransferResult } from '../cold-transfer/cold-transfer-result.js';
import type { DisconnectReasonName } from '../leg/disconnect-reason.js';
import type { DtmfResult, SendDtmfOptions } from './dtmf-sender.js';

/** The end of an answered call. */
export interface SipCallEnd {
  /**
   * `phone`: the callee hung up, or the maximum call duration was reached. `us`: by `hangUp()`. `removed`: another client
   * removed the leg or its room. `lost`: the connection of the leg broke. `unknown`: the leg is gone without a known reason.
   */
  readonly by: 'phone' | 'us' | 'removed' | 'lost' | 'unknown';
  readonly disconnectReason?: DisconnectReasonName;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** An answered call. The application must hang it up, or wait for `ended`. */
export interface SipCall extends AsyncDisposable {
  /** Identity of the phone in the room. */
  readonly identity: string;
  readonly roomName: string;
  /** LiveKit's ID of the call (`SCL_…`), if the server reported it. */
  readonly callId: string | undefined;
  /** Resolves when the leg has left the room. Never rejects. */
  readonly ended: Promise<SipCallEnd>;
  /** Ends the call, and resolves when the leg has left the room. Rejects with `hang-up-unverified` if that is not seen within 10 s. */
  hangUp(): Promise<void>;
  /**
   * Sends DTMF to the phone, as `dtmf` of the request does: `0-9 * # A-D`, `w` waits 0.5 s, at most 120 s per call of this
   * method. One key takes 540 ms, the time in which LiveKit's gateway plays it; resolves when the last key is played. A
   * second call of this method waits for the first. Sent through the room given as `watch`, where this phone must be the
   * only one: keys reach every phone in a room.
   *
   * Rejects with a `SipDialerError`: `missing-option` without `watch`, `invalid-option` for other keys, `keys-unsent`
   * if the room is lost, has another phone, or does not permit publishing.
   */
  sendDtmf(keys: string, options?: SendDtmfOptions): Promise<DtmfResult>;
  /** Cold-transfers this call, as `SipDialer.coldTransfer()` does: asks the phone to leave and call `to` itself. */
  coldTransfer(to: string, options?: CallTransferOptions): Promise<ColdTransferResult>;
  /** Hangs up, unless the call has ended. Never rejects: a failure becomes a process warning. The same as disposing of the call. */
  close(): Promise<void>;
}

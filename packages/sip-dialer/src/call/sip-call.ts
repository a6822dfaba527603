import type { CallTransferOptions } from '../cold-transfer/cold-transfer-request.js';
import type { ColdTransferResult } from '../cold-transfer/cold-transfer-result.js';
import type { DisconnectReasonName } from '../leg/disconnect-reason.js';
import type { DtmfResult, SendDtmfOptions } from './dtmf-sender.js';

/** How an answered call ended. */
export interface SipCallEnd {
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
  readonly ended: Promise<SipCallEnd>;
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

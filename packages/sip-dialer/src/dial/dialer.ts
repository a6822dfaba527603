import type { DialOutcome, DialProgress } from '../outcome/dial-outcome.js';
import type { DialRequest } from '../request/dial-request.js';

/** Options of one dial, besides the request. */
export interface DialOptions {
  /** Aborting at any moment before the answer stops the phone from ringing; the outcome is `canceled`. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the progress of the attempt. An error that it throws becomes a process warning. */
  readonly onProgress?: ((progress: DialProgress) => void) | undefined;
}

/** Places calls. Implemented by `SipDialer`, and by `ScriptedDialer` in `./testing`. */
export interface Dialer {
  dial(request: DialRequest, options?: DialOptions): Promise<DialOutcome>;
}

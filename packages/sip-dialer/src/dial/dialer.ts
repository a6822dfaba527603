import type { DialOutcome, DialProgress } from '../outcome/dial-outcome.js';
import type { DialRequest } from '../request/dial-request.js';

export interface DialOptions {
  /** Aborting stops the phone from ringing, at any moment before the answer; the outcome is `canceled`. */
  readonly signal?: AbortSignal | undefined;
  /** Called as the attempt goes on. What it throws becomes a process warning. */
  readonly onProgress?: ((progress: DialProgress) => void) | undefined;
}

/** Places calls; `SipDialer` is the real one, `./testing` has a scripted one. */
export interface Dialer {
  dial(request: DialRequest, options?: DialOptions): Promise<DialOutcome>;
}

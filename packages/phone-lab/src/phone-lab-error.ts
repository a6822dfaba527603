const marker: symbol = Symbol.for('@org/phone-lab/PhoneLabError');

/** The code of a `PhoneLabError`; the list is closed. */
export type PhoneLabErrorCode =
  /** An option has a value that the lab cannot honor. */
  | 'invalid-option'
  /** A step was called where it makes no sense, such as `answer()` on an answered call. */
  | 'misuse'
  /** No livekit-server could be found or built. */
  | 'no-server'
  /** The livekit-server did not start, or died. */
  | 'server-failed'
  /** The worker ended, or did not register in time. */
  | 'worker-failed'
  /** Something that was waited for did not happen in time. */
  | 'timeout'
  /** The call has ended, so this step of its script cannot be done. A script may let it pass. */
  | 'call-ended'
  /** The script of a phone threw. */
  | 'script-failed'
  /** Rooms, participants, calls or sockets were left when the lab was closed. */
  | 'left-behind'
  /** The lab is closed. */
  | 'closed'
  /** The installed `@livekit/rtc-node` has changed in a way that this lab does not know. */
  | 'unsupported-media-library';

/** The only error that this package throws. */
export class PhoneLabError extends Error {
  readonly code: PhoneLabErrorCode;

  constructor(code: PhoneLabErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PhoneLabError';
    this.code = code;
    Object.defineProperty(this, marker, { value: true });
  }

  /** Recognizes errors of every installed copy of this package. */
  static isInstance(error: unknown): error is PhoneLabError {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[marker] === true;
  }
}

const marker = Symbol.for('@org/sip-dialer:error');

/**
 * The code of a `SipDialerError`. New ones may be added:
 *
 * - `missing-option`, `invalid-option`, `conflicting-options`: misuse, detected before anything is dialed.
 * - `refused`: the server rejected the request (wrong key, unknown trunk, bad argument).
 * - `server-error`: the server failed while it handled the request.
 * - `unreachable`: the request never arrived.
 * - `connection-lost`: the request may have arrived, its response did not.
 * - `call-failed`: the telephone network ended the attempt; `sipStatusCode` is the status, if it is known.
 * - `not-answered`: the phone still rings; only an answered call can be transferred.
 * - `hang-up-unverified`: the leg was not seen to leave its room.
 * - `keys-unsent`: keys could not be sent to the phone.
 * - `handler-failed`: a progress handler threw.
 */
export type SipDialerErrorCode =
  | 'missing-option'
  | 'invalid-option'
  | 'conflicting-options'
  | 'refused'
  | 'server-error'
  | 'unreachable'
  | 'connection-lost'
  | 'call-failed'
  | 'not-answered'
  | 'hang-up-unverified'
  | 'keys-unsent'
  | 'handler-failed';

/** A problem of one option; `reason` continues a sentence that begins with the option's name. */
interface OptionFault {
  readonly option: string;
  readonly reason: string;
}

/** Details for the constructor of `SipDialerError`. */
interface SipDialerErrorDetails {
  readonly cause?: unknown;
  /** Name of the first invalid option. */
  readonly option?: string | undefined;
  readonly problems?: readonly OptionFault[] | undefined;
  readonly httpStatus?: number | undefined;
  /** The server's own code, such as `not_found`. */
  readonly serverCode?: string | undefined;
  readonly sipStatusCode?: number | undefined;
  readonly sipStatus?: string | undefined;
}

/** The error class of this package. Contains no token, secret, password, phone number, identity or room name. */
export class SipDialerError extends Error {
  override readonly name: string = 'SipDialerError';
  readonly code: SipDialerErrorCode;
  readonly option: string | undefined;
  /** All invalid options; empty unless the error is about options. */
  readonly problems: readonly OptionFault[];
  readonly httpStatus: number | undefined;
  readonly serverCode: string | undefined;
  readonly sipStatusCode: number | undefined;
  readonly sipStatus: string | undefined;

  constructor(code: SipDialerErrorCode, message: string, details: SipDialerErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.option = details.option;
    this.problems = details.problems ?? [];
    this.httpStatus = details.httpStatus;
    this.serverCode = details.serverCode;
    this.sipStatusCode = details.sipStatusCode;
    this.sipStatus = details.sipStatus;
    Object.defineProperty(this, marker, { value: true });
  }

  /** Also true for an error of another installed copy of this package. */
  static isInstance(error: unknown): error is SipDialerError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}

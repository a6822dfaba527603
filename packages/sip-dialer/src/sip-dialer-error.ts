const marker = Symbol.for('@org/sip-dialer:error');

/**
 * Why something was refused or broke:
 *
 * - `missing-option`, `invalid-option`, `conflicting-options`: misuse, found before anything is dialed.
 * - `refused`: the server turned the request down (wrong key, unknown trunk, bad argument).
 * - `server-error`: the server failed while it worked on the request.
 * - `unreachable`: the request never arrived.
 * - `connection-lost`: the request may have arrived, its answer did not.
 * - `call-failed`: the telephone network ended the attempt; `sipStatusCode` says how, when it is known.
 * - `not-answered`: the phone still rings, and only a call that was answered can be transferred.
 * - `hang-up-unverified`: the call could not be seen to leave its room.
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

/** An option at fault, and what is wrong with it, to be read behind its name. */
export interface OptionFault {
  readonly option: string;
  readonly reason: string;
}

export interface SipDialerErrorDetails {
  readonly cause?: unknown;
  /** Name of the option at fault, the first of them. */
  readonly option?: string | undefined;
  readonly problems?: readonly OptionFault[] | undefined;
  readonly httpStatus?: number | undefined;
  /** The server's own code, such as `not_found`. */
  readonly serverCode?: string | undefined;
  readonly sipStatusCode?: number | undefined;
  readonly sipStatus?: string | undefined;
}

/** The one error class of this package. Holds no token, secret, password, phone number, identity or room name. */
export class SipDialerError extends Error {
  override readonly name: string = 'SipDialerError';
  readonly code: SipDialerErrorCode;
  readonly option: string | undefined;
  /** All options at fault; empty unless the error is about options. */
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

/** The codes of a {@link ConsultRoomError}. Further codes may be added. */
export type ConsultRoomErrorCode =
  /** An option is invalid; the message names it and the allowed values. */
  | 'invalid-option'
  /** The consult room of this name belongs to another transfer that has not ended. */
  | 'in-use'
  /** The server rejected the API key, the secret or a token made from them. */
  | 'unauthorized'
  /** No server answers at the URL. */
  | 'unreachable'
  /** The server did not answer in time. */
  | 'timeout'
  /** The server answered with an error. */
  | 'server'
  /** The server does not support the request, such as moving a participant on a server other than LiveKit Cloud. */
  | 'not-implemented'
  /** A part of the merge is end-to-end encrypted, and another part is not. */
  | 'encrypted'
  /** The media connection failed, or a track could not be published. */
  | 'media'
  /** The application's `signal` aborted; `cause` is its reason. */
  | 'aborted'
  /** The object was used after `close()`. */
  | 'closed'
  /**
   * A handler or listener of the application threw or rejected; `cause` is its error. The operation that called it
   * continues.
   */
  | 'handler-failed';

const marker = Symbol.for('@org/consult-room/ConsultRoomError');

/** An invalid option, and the reason, a phrase to be read after the option's name. */
interface ConsultRoomOptionProblem {
  readonly option: string;
  readonly reason: string;
}

interface ConsultRoomErrorOptions extends ErrorOptions {
  readonly problems?: readonly ConsultRoomOptionProblem[];
}

/** The error class of this package. Its message and cause never contain a token or a secret. */
export class ConsultRoomError extends Error {
  override readonly name = 'ConsultRoomError';
  readonly code: ConsultRoomErrorCode;

  /** All invalid options; empty unless `code` is `invalid-option`. */
  readonly problems: readonly ConsultRoomOptionProblem[];

  constructor(code: ConsultRoomErrorCode, message: string, options: ConsultRoomErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.problems = options.problems ?? [];
    Object.defineProperty(this, marker, { value: true });
  }

  /**
   * Whether `error` is a `ConsultRoomError`, also of a second installed copy of this package, for which `instanceof` is
   * false.
   */
  static isInstance(error: unknown): error is ConsultRoomError {
    return error instanceof Error && marker in error;
  }
}

/** Everything a {@link ConsultRoomError} can be about. */
export type ConsultRoomErrorCode =
  /** An option cannot be honored; the message names it and the allowed values. */
  | 'invalid-option'
  /** The consult room of this name belongs to another transfer that has not ended. */
  | 'in-use'
  /** The server refused the API key, the secret or a token made from them. */
  | 'unauthorized'
  /** No server answers at the URL. */
  | 'unreachable'
  /** The server did not answer in time. */
  | 'timeout'
  /** The server answered with an error. */
  | 'server'
  /** The server does not offer what was asked for, such as moving a participant on a server that is not LiveKit Cloud. */
  | 'not-implemented'
  /** A merge of which a part is end-to-end encrypted and another is not. */
  | 'encrypted'
  /** The media connection could not be made, or a track could not be published. */
  | 'media'
  /** The caller's `signal` ended it; `cause` is the signal's reason. */
  | 'aborted'
  /** The object was used after `close()`. */
  | 'closed'
  /** A handler or listener of the application threw or rejected; `cause` is its error. Nothing of ours ended by it. */
  | 'handler-failed';

const marker = Symbol.for('@org/consult-room/ConsultRoomError');

/** An option at fault, and what is wrong with it, to be read behind its name. */
export interface ConsultRoomOptionProblem {
  readonly option: string;
  readonly reason: string;
}

interface ConsultRoomErrorOptions extends ErrorOptions {
  readonly problems?: readonly ConsultRoomOptionProblem[];
}

/** The one error class of this package. Its message and cause never hold a token or a secret. */
export class ConsultRoomError extends Error {
  override readonly name = 'ConsultRoomError';
  readonly code: ConsultRoomErrorCode;

  /** All options at fault; empty unless `code` is `invalid-option`. */
  readonly problems: readonly ConsultRoomOptionProblem[];

  constructor(code: ConsultRoomErrorCode, message: string, options: ConsultRoomErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.problems = options.problems ?? [];
    Object.defineProperty(this, marker, { value: true });
  }

  /** Also true for an error of a second installed copy of this package, where `instanceof` is false. */
  static isInstance(error: unknown): error is ConsultRoomError {
    return error instanceof Error && marker in error;
  }
}

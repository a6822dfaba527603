const marker = Symbol.for('@org/warm-transfer/error');

/**
 * - `invalid-option`: an option is missing, contradicts another or has a value that is not allowed.
 * - `no-session`: there is no caller session, or no room, to transfer from.
 * - `already-started`: a transfer runs once.
 * - `unsupported-framework`: this version of `@livekit/agents` lacks the non-public fields that isolate a caller on
 *   hold.
 * - `encrypted`: the caller's room or audio is end-to-end encrypted, and the consult room, which phones join, is not.
 */
export type WarmTransferErrorCode =
  | 'invalid-option'
  | 'no-session'
  | 'already-started'
  | 'unsupported-framework'
  | 'encrypted';

/** An invalid option and the reason, a predicate such as "must be a number". */
interface WarmTransferOptionProblem {
  readonly option: string;
  readonly reason: string;
}

interface WarmTransferErrorOptions extends ErrorOptions {
  readonly problems?: readonly WarmTransferOptionProblem[];
}

/**
 * Misuse, detected before the caller is put on hold. Everything that a phone network or a human agent can do is an
 * outcome instead.
 */
export class WarmTransferError extends Error {
  override readonly name: string = 'WarmTransferError';
  readonly code: WarmTransferErrorCode;

  /** All invalid options; empty unless `code` is `invalid-option`. */
  readonly problems: readonly WarmTransferOptionProblem[];

  constructor(code: WarmTransferErrorCode, message: string, options: WarmTransferErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.problems = options.problems ?? [];
    Object.defineProperty(this, marker, { value: true });
  }

  /** Returns true for errors of this class, also of another installed copy of this package. */
  static isInstance(value: unknown): value is WarmTransferError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}

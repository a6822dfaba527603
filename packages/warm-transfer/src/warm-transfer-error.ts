const marker = Symbol.for('@org/warm-transfer/error');

/**
 * - `invalid-option`: an option is missing, contradicts another or has a value that is not allowed.
 * - `no-session`: started where there is no caller session, or no room, to transfer from.
 * - `already-started`: one transfer object runs once.
 * - `unsupported-framework`: this version of `@livekit/agents` lacks what keeps a caller on hold from the model.
 * - `encrypted`: the caller's room or voice is end-to-end encrypted, and the consult room, which phones are called into, is not.
 */
export type WarmTransferErrorCode =
  | 'invalid-option'
  | 'no-session'
  | 'already-started'
  | 'unsupported-framework'
  | 'encrypted';

/** An option at fault, and what is wrong with it, to be read behind its name. */
export interface WarmTransferOptionProblem {
  readonly option: string;
  readonly reason: string;
}

interface WarmTransferErrorOptions extends ErrorOptions {
  readonly problems?: readonly WarmTransferOptionProblem[];
}

/** Misuse, found before anybody is put on hold. What a phone network or a person can do is an outcome instead. */
export class WarmTransferError extends Error {
  override readonly name: string = 'WarmTransferError';
  readonly code: WarmTransferErrorCode;

  /** All options at fault; empty unless `code` is `invalid-option`. */
  readonly problems: readonly WarmTransferOptionProblem[];

  constructor(code: WarmTransferErrorCode, message: string, options: WarmTransferErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.problems = options.problems ?? [];
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for errors of this class, also of another installed copy of this package. */
  static isInstance(value: unknown): value is WarmTransferError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}

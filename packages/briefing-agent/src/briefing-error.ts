/** Shared by all installed copies of this package. */
const marker: symbol = Symbol.for('@org/briefing-agent/error');

/**
 * The reason for a {@link BriefingError}.
 *
 * - `invalid-option`: an option is missing or has a value that is not allowed.
 * - `room-not-connected`: `start()` was called with a room that has not been joined.
 * - `already-started`: `start()` was called twice; a briefing runs once.
 * - `not-started`: `brief()` was called before `start()` resolved.
 * - `start-failed`: the agent session could not be started; `cause` has the reason.
 */
export type BriefingErrorCode =
  | 'invalid-option'
  | 'room-not-connected'
  | 'already-started'
  | 'not-started'
  | 'start-failed';

/** An invalid option, and the reason as a phrase that follows its name. */
export interface BriefingOptionProblem {
  readonly option: string;
  readonly reason: string;
}

interface BriefingErrorOptions extends ErrorOptions {
  readonly problems?: readonly BriefingOptionProblem[];
}

/** Misuse or broken infrastructure. Everything that a person on the line can do is a {@link BriefingResult} instead. */
export class BriefingError extends Error {
  override readonly name: string = 'BriefingError';
  readonly code: BriefingErrorCode;
  /** All invalid options; empty unless `code` is `invalid-option`. */
  readonly problems: readonly BriefingOptionProblem[];

  constructor(code: BriefingErrorCode, message: string, options: BriefingErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.problems = options.problems ?? [];
    Object.defineProperty(this, marker, { value: true });
  }

  /** Returns true for errors of this class, also of another installed copy of this package. */
  static isInstance(value: unknown): value is BriefingError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}

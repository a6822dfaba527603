/** Known to every installed copy of this package. */
const marker: symbol = Symbol.for('@org/briefing-agent/error');

/**
 * - `invalid-option`: an option is missing or has a value that is not allowed.
 * - `room-not-connected`: started in a room that has not been joined.
 * - `already-started`: one briefing runs once.
 * - `not-started`: told to speak before `start()` resolved.
 * - `start-failed`: the agent session could not be started; `cause` says why.
 */
export type BriefingErrorCode =
  | 'invalid-option'
  | 'room-not-connected'
  | 'already-started'
  | 'not-started'
  | 'start-failed';

/** An option at fault, and what is wrong with it, to be read behind its name. */
export interface BriefingOptionProblem {
  readonly option: string;
  readonly reason: string;
}

interface BriefingErrorOptions extends ErrorOptions {
  readonly problems?: readonly BriefingOptionProblem[];
}

/** Misuse or broken infrastructure. What a person on the line can do is a {@link BriefingResult} instead. */
export class BriefingError extends Error {
  override readonly name: string = 'BriefingError';
  readonly code: BriefingErrorCode;
  /** All options at fault; empty unless `code` is `invalid-option`. */
  readonly problems: readonly BriefingOptionProblem[];

  constructor(code: BriefingErrorCode, message: string, options: BriefingErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.problems = options.problems ?? [];
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for errors of this class, also of another installed copy of this package. */
  static isInstance(value: unknown): value is BriefingError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}

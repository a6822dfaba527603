import { checkWhole, describeProblems, type OptionCheck, type OptionProblem } from '@org/support';
import { ConsultRoomError } from '../consult-room-error.js';

/**
 * Throws all problems that the check finds, in one error.
 *
 * @throws ConsultRoomError `invalid-option`
 */
export function validate(check: OptionCheck, value: unknown): void {
  throwProblems(checkWhole(check, value));
}

/** @throws ConsultRoomError `invalid-option`, unless there are no problems */
export function throwProblems(problems: readonly OptionProblem[]): void {
  if (problems.length > 0) throw invalidOption(...problems);
}

/** The error of invalid options. */
export function invalidOption(...problems: readonly OptionProblem[]): ConsultRoomError {
  return new ConsultRoomError('invalid-option', describeProblems(problems), { problems });
}

import { checkWhole, describeProblems, type OptionCheck, type OptionProblem } from '@org/support';
import { ConsultRoomError } from '../consult-room-error.js';

/**
 * Refuses all that the check finds wrong, together.
 *
 * @throws ConsultRoomError `invalid-option`
 */
export function validate(check: OptionCheck, value: unknown): void {
  refuse(checkWhole(check, value));
}

/** @throws ConsultRoomError `invalid-option` unless there are no problems. */
export function refuse(problems: readonly OptionProblem[]): void {
  if (problems.length > 0) throw invalidOption(...problems);
}

/** The error of options that cannot be honored. */
export function invalidOption(...problems: readonly OptionProblem[]): ConsultRoomError {
  return new ConsultRoomError('invalid-option', describeProblems(problems), { problems });
}

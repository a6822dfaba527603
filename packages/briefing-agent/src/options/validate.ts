import {
  checkWhole,
  describeProblems,
  type OptionCheck,
  type OptionProblem,
  required,
  text,
  whole,
} from '@org/support';
import { BriefingError } from '../briefing-error.js';

/**
 * Throws all problems that the check finds, in one error. `name`: the name of the whole value.
 *
 * @throws BriefingError `invalid-option`
 */
export function validate(check: OptionCheck, value: unknown, name = 'options'): void {
  throwProblems(checkWhole(check, value, name));
}

/** @throws BriefingError `invalid-option` when there are problems */
export function throwProblems(problems: readonly Pick<OptionProblem, 'option' | 'reason'>[]): void {
  if (problems.length > 0) throw new BriefingError('invalid-option', describeProblems(problems), { problems });
}

/** @throws BriefingError `invalid-option` unless the value is a positive whole number */
export function validateCount(option: string, value: unknown): void {
  validate(required(whole(1)), value, option);
}

/** @throws BriefingError `invalid-option` unless the value is a string with more than white space */
export function validateText(option: string, value: unknown): void {
  validate(required(text), value, option);
}

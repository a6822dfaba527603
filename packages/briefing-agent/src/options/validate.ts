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
 * Refuses all that the check finds wrong, together; `name` is that of the value as a whole.
 *
 * @throws BriefingError `invalid-option`
 */
export function validate(check: OptionCheck, value: unknown, name = 'options'): void {
  refuse(checkWhole(check, value, name));
}

/** @throws BriefingError `invalid-option` unless there are no problems. */
export function refuse(problems: readonly Pick<OptionProblem, 'option' | 'reason'>[]): void {
  if (problems.length > 0) throw new BriefingError('invalid-option', describeProblems(problems), { problems });
}

/** Refuses what is not a positive whole number. */
export function requireCount(option: string, value: unknown): void {
  validate(required(whole(1)), value, option);
}

/** Refuses what is not text, or only white space. */
export function requireText(option: string, value: unknown): void {
  validate(required(text), value, option);
}

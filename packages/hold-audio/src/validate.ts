import { checkWhole, describeProblems, type OptionCheck } from '@org/support';
import { HoldAudioError } from './hold-audio-error.js';

/**
 * Throws one error about all problems that the check finds; `option` is the path of the value, none for the options as
 * a whole.
 *
 * @throws HoldAudioError `invalid-option`
 */
export function validate(check: OptionCheck, value: unknown, option?: string): void {
  const problems = option === undefined ? checkWhole(check, value) : check(value, option);
  if (problems.length > 0) throw new HoldAudioError('invalid-option', describeProblems(problems), { problems });
}

/** Creates the error about one option; its message omits the value, which may be a URL with a password. */
export function optionError(
  code: 'invalid-option' | 'source-unsupported',
  option: string,
  reason: string,
): HoldAudioError {
  const problems = [{ option, reason }];
  return new HoldAudioError(code, describeProblems(problems), { problems });
}

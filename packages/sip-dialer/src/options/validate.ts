import { checkWhole, describeProblems, type OptionCheck } from '@org/support';
import { SipDialerError } from '../sip-dialer-error.js';

/**
 * Refuses all that the check finds wrong, together; `name` is that of the value as a whole.
 *
 * @throws SipDialerError `missing-option` or `invalid-option`, by the first problem
 */
export function validate(check: OptionCheck, value: unknown, name: string): void {
  const problems = checkWhole(check, value, name);
  const [first] = problems;
  if (first === undefined) return;
  const code = first.isMissing === true ? 'missing-option' : 'invalid-option';
  throw new SipDialerError(code, describeProblems(problems), { option: first.option, problems });
}

/** Refuses what can be seen only beside other options, by the name of one of them. The value may be personal. */
export function requireThat(valid: boolean, option: string, allowed: string): asserts valid {
  if (valid) return;
  const problems = [{ option, reason: `must be ${allowed}` }];
  throw new SipDialerError('invalid-option', describeProblems(problems), { option, problems });
}

import { checkWhole, describeProblems, type OptionCheck } from '@org/support';
import { SipDialerError } from '../sip-dialer-error.js';

/**
 * Throws all problems that the check finds, in one error. `name`: the name of the whole value.
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

/** Throws a problem that depends on several options, under the name of one of them. The value is omitted, since it may be personal. */
export function requireThat(valid: boolean, option: string, allowed: string): asserts valid {
  if (valid) return;
  const problems = [{ option, reason: `must be ${allowed}` }];
  throw new SipDialerError('invalid-option', describeProblems(problems), { option, problems });
}

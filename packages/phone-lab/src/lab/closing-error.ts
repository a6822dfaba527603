import { PhoneLabError } from '../phone-lab-error.js';
import type { Leftover } from './phone-lab.js';

/** Names everything that is left, and who made it. */
export function leftBehind(left: readonly Leftover[]): PhoneLabError {
  const lines = left.map(({ what, madeBy }) => (madeBy === undefined ? what : `${what} (made by ${madeBy})`));
  return new PhoneLabError('left-behind', `left behind: ${lines.join('; ')}`);
}

/** The one error that a lab ends with when these problems were found; names the server's log. */
export function closingError(problems: readonly [unknown, ...unknown[]], log: string | undefined): PhoneLabError {
  const [first] = problems;
  if (problems.length === 1 && PhoneLabError.isInstance(first)) return withLog(first, log);
  const lines = problems.map((problem) => (problem instanceof Error ? problem.message : String(problem))).join('\n');
  const code = PhoneLabError.isInstance(first) ? first.code : 'left-behind';
  return withLog(new PhoneLabError(code, lines, { cause: new AggregateError(problems) }), log);
}

function withLog(error: PhoneLabError, log: string | undefined): PhoneLabError {
  if (log === undefined) return error;
  const { code, message, cause } = error;
  return new PhoneLabError(code, `${message}\n(the server's log: ${log})`, cause === undefined ? {} : { cause });
}

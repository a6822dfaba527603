import { BriefingError } from '@org/briefing-agent';
import { ConsultRoomError } from '@org/consult-room';
import { HoldAudioError } from '@org/hold-audio';
import { SipDialerError } from '@org/sip-dialer';
import { checkWhole, describeProblems, type OptionCheck, type OptionProblem } from '@org/support';
import { WarmTransferError } from '../../warm-transfer-error.js';

/**
 * Throws one error about all problems that the check finds; `option` is the path of the value, none for the options as
 * a whole.
 *
 * @throws WarmTransferError `invalid-option`
 */
export function validate(check: OptionCheck, value: unknown, option?: string): void {
  throwIfInvalid(option === undefined ? checkWhole(check, value) : check(value, option));
}

/** @throws WarmTransferError `invalid-option` unless there are no problems. */
export function throwIfInvalid(problems: readonly OptionProblem[]): void {
  if (problems.length > 0) throw new WarmTransferError('invalid-option', describeProblems(problems), { problems });
}

/** Returns the problems of an error that `check` throws; `nameOf` returns the user's name of an option. */
export function collectProblems(check: () => void, nameOf: (option: string) => string): readonly OptionProblem[] {
  try {
    check();
    return [];
  } catch (cause) {
    const problems = problemsIn(cause);
    if (problems.length === 0) throw cause;
    return problems.map(({ option, reason }) => ({ option: nameOf(option), reason }));
  }
}

function problemsIn(cause: unknown): readonly OptionProblem[] {
  if (SipDialerError.isInstance(cause) && cause.option !== undefined && cause.problems.length === 0) {
    return [{ option: cause.option, reason: `cannot be honored: ${cause.message}` }];
  }
  const isOurs = [BriefingError, ConsultRoomError, HoldAudioError, SipDialerError, WarmTransferError].some((kind) =>
    kind.isInstance(cause),
  );
  return isOurs ? (cause as WarmTransferError).problems : [];
}

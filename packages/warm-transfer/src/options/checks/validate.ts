import { BriefingError } from '@org/briefing-agent';
import { ConsultRoomError } from '@org/consult-room';
import { HoldAudioError } from '@org/hold-audio';
import { SipDialerError } from '@org/sip-dialer';
import { checkWhole, describeProblems, type OptionCheck, type OptionProblem } from '@org/support';
import { WarmTransferError } from '../../warm-transfer-error.js';

/**
 * Refuses all that the check finds wrong, together; `option` is the path of the value, none for the options as a whole.
 *
 * @throws WarmTransferError `invalid-option`
 */
export function validate(check: OptionCheck, value: unknown, option?: string): void {
  refuse(option === undefined ? checkWhole(check, value) : check(value, option));
}

/** @throws WarmTransferError `invalid-option` unless there are no problems. */
export function refuse(problems: readonly OptionProblem[]): void {
  if (problems.length > 0) throw new WarmTransferError('invalid-option', describeProblems(problems), { problems });
}

/** What another package, or another part of this one, refuses; `nameOf` gives the user's name of its option. */
export function problemsOf(check: () => void, nameOf: (option: string) => string): readonly OptionProblem[] {
  try {
    check();
    return [];
  } catch (cause) {
    const problems = refusedOptions(cause);
    if (problems.length === 0) throw cause;
    return problems.map(({ option, reason }) => ({ option: nameOf(option), reason }));
  }
}

function refusedOptions(cause: unknown): readonly OptionProblem[] {
  if (SipDialerError.isInstance(cause) && cause.option !== undefined && cause.problems.length === 0) {
    return [{ option: cause.option, reason: `cannot be honored: ${cause.message}` }];
  }
  const isOurs = [BriefingError, ConsultRoomError, HoldAudioError, SipDialerError, WarmTransferError].some((kind) =>
    kind.isInstance(cause),
  );
  return isOurs ? (cause as WarmTransferError).problems : [];
}

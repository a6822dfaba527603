import { describeProblems, problem, withDefaults } from '@org/support';
import { checkTransferOptions } from '../options/validate-transfer-options.js';
import type { TransferLimits } from '../options/limits.js';
import { loggerOf } from '../options/transfer-logger.js';
import { checkTaskOptions, knownOptions } from './task-shape.js';
import { problemsOf, refuse } from '../options/checks/validate.js';
import type { OnJobEnd } from './on-job-end.js';
import type { WarmTransferTaskOptions } from './task-options.js';
import { type TaskTransferSettings, toTransferSettings } from './normalize-task-options.js';

/** As with LiveKit's task the human agent speaks first, but is not left waiting for long. In milliseconds. */
const SPEAK_AFTER_MS = 3_000;

export interface ParsedTaskOptions {
  readonly settings: TaskTransferSettings;
  readonly onJobEnd: OnJobEnd;
  readonly callerIdentity: string | undefined;
}

/**
 * Parses the options of a task. Names that are unknown are ignored, as by LiveKit's task, whose next release may have
 * them; a warning says so once.
 *
 * @throws WarmTransferError `invalid-option`, about all options at fault
 */
export function parseTaskOptions(given: WarmTransferTaskOptions): ParsedTaskOptions {
  const { problems, unknown } = checkTaskOptions(given);
  refuse(problems);
  const options = knownOptions(given);
  if (unknown.length > 0)
    loggerOf(options.logger).warn({}, `options of a task that are ignored: ${describeProblems(unknown)}`);
  const { holdFrom = 'dial', onJobEnd = 'leave', callerIdentity, sipTrunkId, sipConnection } = options;
  if (sipTrunkId != null && sipConnection != null) {
    loggerOf(options.logger).warn({}, '`sipTrunkId` comes before `sipConnection`, which is ignored: give one of them');
  }
  if (holdFrom !== 'dial') {
    const why = 'a task has the caller from its start on; `WarmTransfer` lets the agent keep them company';
    refuse([problem('holdFrom', `must be dial here: ${why}`)]);
  }
  const settings = toTransferSettings(options);
  refuse(
    problemsOf(
      () => void checkTransferOptions(settings),
      (option) => nameInTask(option, options),
    ),
  );
  const limits = withDefaults<Partial<TransferLimits>>({ speakAfterMs: SPEAK_AFTER_MS }, settings.limits);
  return { settings: { ...settings, limits }, onJobEnd, callerIdentity };
}

/** The name under which the option was given: two have another one. */
function nameInTask(
  option: string,
  { sipCallTo, holdAudio, transferTo, holdMusicUrl }: WarmTransferTaskOptions,
): string {
  if (sipCallTo === undefined && transferTo !== undefined) return option.replace(/^sipCallTo/, 'transferTo');
  if (holdAudio === undefined && holdMusicUrl !== undefined) return option.replace(/^holdAudio/, 'holdMusicUrl');
  return option;
}

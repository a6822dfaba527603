import { describeProblems, problem, withDefaults } from '@org/support';
import { validateTransferOptions } from '../options/validate-transfer-options.js';
import type { TransferLimits } from '../options/limits.js';
import type { TrunkOrConnection } from '../options/targets/resolve-trunk.js';
import type { SharedOptions } from '../options/transfer-options.js';
import { resolveLogger } from '../options/transfer-logger.js';
import { checkTaskOptions, knownOptions } from './task-shape.js';
import { collectProblems, throwIfInvalid } from '../options/checks/validate.js';
import type { OnJobEnd } from './on-job-end.js';
import type { TaskSipConnection, WarmTransferTaskOptions } from './task-options.js';
import { plainConnection, toInstructions } from './livekit-types.js';

/**
 * Silence before the briefing agent speaks first, in milliseconds. As in LiveKit's task, the human agent speaks first.
 */
const SPEAK_AFTER_MS = 3_000;

export type NormalizedTaskOptions = Omit<SharedOptions, 'sipTrunkId' | 'sipConnection'> & TrunkOrConnection;

export interface ParsedTaskOptions {
  readonly settings: NormalizedTaskOptions;
  readonly onJobEnd: OnJobEnd;
  readonly callerIdentity: string | undefined;
}

/**
 * Parses the options of a task. Unknown names are ignored, as by LiveKit's task, whose next release may have them; one
 * warning lists them.
 *
 * @throws WarmTransferError `invalid-option`, with all invalid options
 */
export function parseTaskOptions(given: WarmTransferTaskOptions): ParsedTaskOptions {
  const { problems, unknown } = checkTaskOptions(given);
  throwIfInvalid(problems);
  const options = knownOptions(given);
  if (unknown.length > 0)
    resolveLogger(options.logger).warn({}, `options of a task that are ignored: ${describeProblems(unknown)}`);
  const { holdCallerOn = 'dial', onJobEnd = 'leave', callerIdentity, sipTrunkId, sipConnection } = options;
  if (sipTrunkId != null && sipConnection != null) {
    resolveLogger(options.logger).warn(
      {},
      '`sipTrunkId` comes before `sipConnection`, which is ignored: give one of them',
    );
  }
  if (holdCallerOn !== 'dial') {
    const why = 'a task holds the caller from its start; `WarmTransfer` lets the agent talk to the caller until then';
    throwIfInvalid([problem('holdCallerOn', `must be dial here: ${why}`)]);
  }
  const settings = normalizeTaskOptions(options);
  throwIfInvalid(
    collectProblems(
      () => void validateTransferOptions(settings),
      (option) => nameInTask(option, options),
    ),
  );
  const limits = withDefaults<Partial<TransferLimits>>({ speakAfterMs: SPEAK_AFTER_MS }, settings.limits);
  return { settings: { ...settings, limits }, onJobEnd, callerIdentity };
}

/** Returns the name under which an option was given: two have an alias. */
function nameInTask(
  option: string,
  { sipCallTo, holdAudio, transferTo, holdMusicUrl }: WarmTransferTaskOptions,
): string {
  if (sipCallTo === undefined && transferTo !== undefined) return option.replace(/^sipCallTo/, 'transferTo');
  if (holdAudio === undefined && holdMusicUrl !== undefined) return option.replace(/^holdAudio/, 'holdMusicUrl');
  return option;
}

/**
 * Converts the options of a task to those of a transfer: resolves aliases, converts LiveKit's types to plain ones, and
 * omits values that count as absent.
 *
 * @throws WarmTransferError `invalid-option` for two names of one option with different values.
 */
export function normalizeTaskOptions(options: WarmTransferTaskOptions): NormalizedTaskOptions {
  const { extraInstructions, transferTo, holdMusicUrl, onJobEnd: _onJobEnd, ...known } = options;
  const { instructions, sipTrunkId, sipConnection, callerIdentity: _callerIdentity, ...same } = known;
  const prompt = toInstructions(instructions, extraInstructions);
  return {
    ...same,
    ...toTrunkOrConnection(sipTrunkId, sipConnection),
    sipCallTo: either('sipCallTo', options.sipCallTo, 'transferTo', transferTo),
    onCallEnded: options.onCallEnded ?? 'end-job',
    holdAudio: either('holdAudio', options.holdAudio, 'holdMusicUrl', holdMusicUrl),
    ...(prompt === undefined ? {} : { instructions: prompt }),
    dtmf: options.dtmf === '' ? null : options.dtmf,
    stt: options.stt ?? undefined,
    // Without a model, `message` is read; only then `null` does not mean the session's model.
    llm: options.llm ?? (options.briefing?.message === undefined ? undefined : options.llm),
    tts: options.tts ?? undefined,
    vad: options.vad ?? undefined,
    turnDetection: options.turnDetection ?? undefined,
  };
}

function either<T>(name: string, value: T, alias: string, other: T): T {
  if (value === undefined || value === other) return other;
  if (other === undefined) return value;
  throwIfInvalid([problem(alias, `is another name of \`${name}\`: give one of them`)]);
  return value;
}

function toTrunkOrConnection(
  trunk: string | null | undefined,
  connection: TaskSipConnection | null | undefined,
): TrunkOrConnection {
  // LiveKit's server prefers the stored trunk if both are given.
  if (connection == null || trunk != null) return { sipTrunkId: trunk };
  return { sipConnection: plainConnection(connection) };
}

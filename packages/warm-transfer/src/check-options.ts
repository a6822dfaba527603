import type { DialRequest } from '@org/sip-dialer';
import { checkWhole, type OptionCheck, problem, required, shape } from '@org/support';
import { unheardBesideComfort } from './hold/check-hold-speech.js';
import { callProblems, delegatedProblems, mergeProblems } from './options/delegated.js';
import { settings } from './options/transfer-shape.js';
import { refuse } from './options/validate.js';
import { lostRedirects } from './policy/read-policy.js';
import { given, type ShownNumber, shownNumber } from './targets/caller-id.js';
import type { PlacedTarget } from './targets/call-order.js';
import { carrierFor } from './targets/carrier.js';
import { checkDirectory } from './targets/check-directory.js';
import type { DirectoryOptions } from './targets/target-directory.js';
import type { TransferTarget } from './targets/transfer-target.js';
import type { TransferSettings } from './transfer-options.js';

/** The part of a dial request that is known before there is a room. */
export type CallSettings = Pick<
  DialRequest,
  | 'to'
  | 'numberCheck'
  | 'trunkId'
  | 'connection'
  | 'callerId'
  | 'headers'
  | 'dtmf'
  | 'ringingTimeoutMs'
  | 'hidePhoneNumber'
>;

/**
 * How one target is called; what it does not say itself is as in the options.
 *
 * An explicit trunk or connection beats the environment; two explicit ones, or none at all, are refused.
 *
 * @param shown the number that the phone shows; by default that of a caller whose own number is not known
 * @throws WarmTransferError `invalid-option`
 */
export function checkCallSettings(
  options: TransferSettings,
  target: TransferTarget,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  { callerId }: Pick<ShownNumber, 'callerId'> = shownNumber(options, target, { environment }),
): CallSettings {
  const carrier = carrierFor(options, target);
  const { sipConnection } = carrier;
  const { sipHeaders = options.sipHeaders, dtmf = options.dtmf } = target;
  const { ringingTimeout = options.ringingTimeout, numberCheck = options.numberCheck } = target;
  if (carrier.sipTrunkId != null && sipConnection !== undefined) {
    refuse([problem('sipTrunkId', 'is one too many: give `sipTrunkId` or `sipConnection`, not both')]);
  }
  // `null` means none, that of the environment included.
  const isOfEnvironment = carrier.sipTrunkId === undefined && sipConnection === undefined;
  const trunkId = isOfEnvironment
    ? given(environment['LIVEKIT_SIP_OUTBOUND_TRUNK'])
    : (carrier.sipTrunkId ?? undefined);
  if (trunkId === undefined && sipConnection === undefined) {
    const ways = '`sipTrunkId`, `sipConnection`, or LIVEKIT_SIP_OUTBOUND_TRUNK in the environment';
    refuse([problem('sipTrunkId', `is missing, and nothing else says how to place a call: set ${ways}`)]);
  }
  return {
    to: target.sipCallTo,
    numberCheck,
    trunkId,
    connection: sipConnection,
    callerId,
    headers: sipHeaders,
    dtmf: dtmf ?? undefined,
    ringingTimeoutMs: ringingTimeout ?? undefined,
    hidePhoneNumber: options.hidePhoneNumber ?? true,
  };
}

const transferSettings = required(shape(settings));

/** Options that have been checked, as the directory of targets takes them. */
export interface CheckedTransfer {
  readonly directory: DirectoryOptions;
  /** Those that are known before a resolver is asked. */
  readonly targets: readonly PlacedTarget[];
}

/**
 * Validation shared by `WarmTransferTask` and `WarmTransfer`: everything that can be known without a session.
 *
 * @param check the shape of the options as a whole.
 * @throws WarmTransferError `invalid-option`, about all options at fault
 */
export function checkTransferOptions(
  options: TransferSettings,
  check: OptionCheck = transferSettings,
): CheckedTransfer {
  refuse([...checkWhole(check, options), ...delegatedProblems(options)]);
  const { sipCallTo, targets, department, policy, departments, merge } = options;
  if (sipCallTo !== undefined && targets !== undefined) {
    refuse([problem('targets', 'is one too many: give `sipCallTo` or `targets`, not both')]);
  }
  const directory = { ...options, targets: sipCallTo ?? targets, department };
  const known = checkDirectory(directory, sipCallTo === undefined ? 'targets' : 'sipCallTo');
  refuse([
    ...unheardBesideComfort(options),
    ...lostRedirects(policy, Object.keys(departments ?? {})),
    ...known.flatMap((placed) => callProblems(placed, checkCallSettings(options, placed.target))),
    ...mergeProblems(merge, ANY_SERVER),
  ]);
  return { directory, targets: known };
}

/** Stands for the server of the caller's room, which is known with the session. */
const ANY_SERVER = { url: 'ws://localhost', apiKey: 'key', apiSecret: 'secret' };

import type { DialRequest } from '@org/sip-dialer';
import { problem } from '@org/support';
import { throwIfInvalid } from './checks/validate.js';
import { given, type ShownNumber, shownNumber } from './targets/caller-id.js';
import { resolveTrunk } from './targets/resolve-trunk.js';
import type { TransferTarget } from './targets/transfer-target.js';
import type { SharedOptions } from './transfer-options.js';

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
 * Returns the settings of the call to one target; those of the target override the options. An explicit trunk or
 * connection comes before the environment; two explicit ones, or none at all, are rejected.
 *
 * @param shown the number that the phone shows; by default that of a caller whose own number is not known
 * @throws WarmTransferError `invalid-option`
 */
export function resolveCallSettings(
  options: SharedOptions,
  target: TransferTarget,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  { callerId }: Pick<ShownNumber, 'callerId'> = shownNumber(options, target, { environment }),
): CallSettings {
  const trunk = resolveTrunk(options, target);
  const { sipConnection } = trunk;
  const { sipHeaders = options.sipHeaders, dtmf = options.dtmf } = target;
  const { ringingTimeout = options.ringingTimeout, numberCheck = options.numberCheck } = target;
  if (trunk.sipTrunkId != null && sipConnection !== undefined) {
    throwIfInvalid([problem('sipTrunkId', 'is one too many: give `sipTrunkId` or `sipConnection`, not both')]);
  }
  // `null` means none, not even that of the environment.
  const isOfEnvironment = trunk.sipTrunkId === undefined && sipConnection === undefined;
  const trunkId = isOfEnvironment ? given(environment['LIVEKIT_SIP_OUTBOUND_TRUNK']) : (trunk.sipTrunkId ?? undefined);
  if (trunkId === undefined && sipConnection === undefined) {
    const ways = '`sipTrunkId`, `sipConnection`, or LIVEKIT_SIP_OUTBOUND_TRUNK in the environment';
    throwIfInvalid([problem('sipTrunkId', `is missing: set ${ways} to place calls`)]);
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

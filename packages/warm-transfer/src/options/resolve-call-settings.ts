import type { DialRequest } from '@org/sip-dialer';
import { problem } from '@org/support';
import { refuse } from './checks/validate.js';
import { given, type ShownNumber, shownNumber } from './targets/caller-id.js';
import { carrierFor } from './targets/resolve-trunk.js';
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

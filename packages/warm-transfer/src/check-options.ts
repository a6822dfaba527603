import type { DialRequest } from '@org/sip-dialer';
import { WarmTransferError } from './warm-transfer-error.js';
import type { WarmTransferTaskOptions } from './transfer-options.js';

/** The part of a dial request that is known before there is a room. */
export type CallSettings = Pick<
  DialRequest,
  'to' | 'trunkId' | 'connection' | 'callerId' | 'headers' | 'dtmf' | 'ringingTimeoutMs'
>;

/**
 * Whom to call and through what.
 *
 * An explicit trunk or connection beats the environment; two explicit ones, or none at all, are refused.
 *
 * @throws WarmTransferError `invalid-option`
 */
export function checkCallSettings(
  options: WarmTransferTaskOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): CallSettings {
  const { sipCallTo, sipConnection, sipNumber, sipHeaders, dtmf, ringingTimeout } = options;
  if (typeof sipCallTo !== 'string' || sipCallTo.trim() === '') {
    throw invalid('`sipCallTo` must be set: the phone number or SIP URI of the human agent');
  }
  if (options.sipTrunkId === '') throw invalid('`sipTrunkId` must not be empty; leave it out to use the environment');
  if (options.sipTrunkId != null && sipConnection !== undefined) {
    throw invalid('give `sipTrunkId` or `sipConnection`, not both');
  }
  const trunkId =
    options.sipTrunkId ?? (sipConnection === undefined ? given(environment['LIVEKIT_SIP_OUTBOUND_TRUNK']) : undefined);
  if (trunkId === undefined && sipConnection === undefined) {
    throw invalid(
      'no way to place a call: set `sipTrunkId`, `sipConnection`, or LIVEKIT_SIP_OUTBOUND_TRUNK in the environment',
    );
  }
  if (ringingTimeout != null && !(Number.isFinite(ringingTimeout) && ringingTimeout >= 1000)) {
    throw invalid(`\`ringingTimeout\` is in milliseconds and at least 1000, not ${String(ringingTimeout)}`);
  }
  if (options.roomName === '') throw invalid('`roomName` must not be empty; leave it out for a unique name');
  return {
    to: sipCallTo,
    trunkId,
    connection: sipConnection,
    callerId: sipNumber ?? given(environment['LIVEKIT_SIP_NUMBER']),
    headers: sipHeaders,
    dtmf: dtmf ?? undefined,
    ringingTimeoutMs: ringingTimeout ?? undefined,
  };
}

const invalid = (message: string): WarmTransferError => new WarmTransferError('invalid-option', message);

/** An environment variable that is set but empty counts as absent. */
const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

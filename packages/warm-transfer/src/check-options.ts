import type { DialRequest } from '@org/sip-dialer';
import { checkCancelWords } from './hold/cancel-words.js';
import { checkHoldSpeech } from './hold/check-hold-speech.js';
import { checkSupervision } from './after/check-supervision.js';
import { checkOnSessionClosed } from './after/on-session-closed.js';
import { resolveLimits, shown } from './limits.js';
import { checkPolicy } from './policy/read-policy.js';
import { checkDirectory } from './targets/check-directory.js';
import type { DirectoryOptions } from './targets/target-directory.js';
import type { TransferTarget } from './targets/transfer-target.js';
import { WarmTransferError } from './warm-transfer-error.js';
import type { TransferSettings } from './transfer-options.js';

/** The part of a dial request that is known before there is a room. */
export type CallSettings = Pick<
  DialRequest,
  'to' | 'trunkId' | 'connection' | 'callerId' | 'headers' | 'dtmf' | 'ringingTimeoutMs' | 'hidePhoneNumber'
>;

/**
 * How one target is called; what it does not say itself is as in the options.
 *
 * An explicit trunk or connection beats the environment; two explicit ones, or none at all, are refused.
 *
 * @throws WarmTransferError `invalid-option`
 */
export function checkCallSettings(
  options: TransferSettings,
  target: TransferTarget,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): CallSettings {
  const carrier = target.sipTrunkId != null || target.sipConnection !== undefined ? target : options;
  const { sipConnection } = carrier;
  const { sipNumber = options.sipNumber, sipHeaders = options.sipHeaders, dtmf = options.dtmf } = target;
  const { ringingTimeout = options.ringingTimeout } = target;
  if (carrier.sipTrunkId === '') throw invalid('`sipTrunkId` must not be empty; leave it out to use the environment');
  if (carrier.sipTrunkId != null && sipConnection !== undefined) {
    throw invalid('give `sipTrunkId` or `sipConnection`, not both');
  }
  const trunkId =
    carrier.sipTrunkId ?? (sipConnection === undefined ? given(environment['LIVEKIT_SIP_OUTBOUND_TRUNK']) : undefined);
  if (trunkId === undefined && sipConnection === undefined) {
    throw invalid(
      'no way to place a call: set `sipTrunkId`, `sipConnection`, or LIVEKIT_SIP_OUTBOUND_TRUNK in the environment',
    );
  }
  const { hidePhoneNumber = true } = options;
  if (typeof hidePhoneNumber !== 'boolean') throw invalid('`hidePhoneNumber` must be true or false');
  if (ringingTimeout != null && !(Number.isFinite(ringingTimeout) && ringingTimeout >= 1000)) {
    throw invalid(`\`ringingTimeout\` is in milliseconds and at least 1000, not ${String(ringingTimeout)}`);
  }
  return {
    to: target.sipCallTo,
    trunkId,
    connection: sipConnection,
    callerId: sipNumber ?? given(environment['LIVEKIT_SIP_NUMBER']),
    headers: sipHeaders,
    dtmf: dtmf ?? undefined,
    ringingTimeoutMs: ringingTimeout ?? undefined,
    hidePhoneNumber,
  };
}

/**
 * What both doors refuse, wherever they stand.
 *
 * @throws WarmTransferError `invalid-option`
 */
export function checkTransferOptions(
  options: TransferSettings,
  check: (target: TransferTarget) => void = (target) => void checkCallSettings(options, target),
): DirectoryOptions {
  const { sipCallTo, targets, department, maxAttempts, holdFrom, cancelKey, ringingTimeout } = options;
  if (sipCallTo !== undefined && (typeof sipCallTo !== 'string' || sipCallTo.trim() === '')) {
    throw invalid('`sipCallTo` must be the phone number or SIP URI of the human agent');
  }
  if (sipCallTo !== undefined && targets !== undefined) throw invalid('give `sipCallTo` or `targets`, not both');
  if (options.roomName === '') throw invalid('`roomName` must not be empty; leave it out for a unique name');
  if (maxAttempts !== undefined && !(Number.isInteger(maxAttempts) && maxAttempts >= 1)) {
    throw invalid(`\`maxAttempts\` must be a whole number from 1, not ${String(maxAttempts)}`);
  }
  if (holdFrom !== undefined && !holdFroms.includes(holdFrom)) {
    throw invalid(`\`holdFrom\` must be ${holdFroms.join(', ')}, not ${holdFrom}`);
  }
  if (cancelKey !== undefined && !(typeof cancelKey === 'string' && /^[0-9*#A-D]$/.test(cancelKey))) {
    throw invalid(`\`cancelKey\` must be one key of 0-9 * # A-D, as a text, not ${shown(cancelKey)}`);
  }
  checkCancelWords(options.cancelWords);
  checkHoldSpeech(options);
  checkSupervision(options.supervision);
  checkOnSessionClosed(options.onSessionClosed);
  checkPolicy(options.policy, Object.keys(options.departments ?? {}));
  resolveLimits(options.limits, { ringingTimeoutMs: ringingTimeout ?? undefined });
  const directory = { ...options, targets: sipCallTo ?? targets, department };
  checkDirectory(directory, check);
  return directory;
}

const holdFroms: readonly string[] = ['dial', 'answer', 'accept'];

const invalid = (message: string): WarmTransferError => new WarmTransferError('invalid-option', message);

/** An environment variable that is set but empty counts as absent. */
const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

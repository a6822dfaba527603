import type { CreateSipParticipantOptions } from 'livekit-server-sdk';
import { checkHeaders } from './check-headers.js';
import { checkNumber } from './check-number.js';
import { hasControlCharacter, requireDurationMs, requireText, requireThat } from './check-option.js';
import { chooseTrunk, type TrunkChoice } from './choose-trunk.js';
import { type DialRequest, dialRequestDefaults } from './dial-request.js';
import { type DtmfPlan, parseDtmf } from './parse-dtmf.js';
import { parseTarget } from './parse-target.js';
import { planTime, type TimePlan } from './plan-time.js';

/** A request that has been checked: what to send, and when to stop waiting. */
export interface DialPlan {
  readonly trunk: TrunkChoice;
  readonly number: string;
  readonly roomName: string;
  readonly identity: string;
  readonly callerId: string | undefined;
  readonly time: TimePlan;
  /** Made anew at each call, since the SDK writes into what it is given. */
  apiOptions(): CreateSipParticipantOptions;
  /** Strings that no error may show: personal data and passwords. */
  readonly secrets: readonly (string | undefined)[];
}

/** The SDK's `SIPMediaEncryption`. */
const encryptions = { disable: 0, allow: 1, require: 2 } as const;

/** Refuses by a `SipDialerError` whatever cannot be honored. */
export function planDial(request: DialRequest): DialPlan {
  const target = parseTarget(request.to);
  checkNumber(target.user, request.numberCheck ?? dialRequestDefaults.numberCheck);
  const roomName = requireText(request.roomName, 'roomName');
  const identity = requireText(request.participantIdentity, 'participantIdentity');
  const trunk = chooseTrunk(request, target);
  const dtmf = request.dtmf === undefined ? undefined : parseDtmf(request.dtmf);
  const ringLimitMs = requireDurationMs(
    request.ringingTimeoutMs ?? dialRequestDefaults.ringingTimeoutMs,
    'ringingTimeoutMs',
    1_000,
    600_000,
  );
  const time = planTime(ringLimitMs, dtmf?.durationMs ?? 0);
  const fixed = fixedOptions(request, identity, dtmf, time);
  return {
    trunk,
    number: target.user,
    roomName,
    identity,
    callerId: request.callerId,
    time,
    apiOptions: () => structuredClone(fixed),
    secrets: [
      request.to,
      target.user,
      roomName,
      identity,
      request.callerId,
      trunk.connection?.authPassword,
      trunk.connection?.authUsername,
    ],
  };
}

function fixedOptions(
  request: DialRequest,
  identity: string,
  dtmf: DtmfPlan | undefined,
  time: TimePlan,
): CreateSipParticipantOptions {
  const { displayName, mediaEncryption, maxCallDurationMs } = request;
  if (displayName !== undefined) {
    // The server puts it between quotes.
    const quotable = typeof displayName === 'string' && displayName.length <= 128 && !/["\\]/.test(displayName);
    requireThat(
      quotable && !hasControlCharacter(displayName),
      'displayName',
      'at most 128 characters without " and \\',
    );
  }
  if (mediaEncryption !== undefined) {
    const known = mediaEncryption in encryptions;
    requireThat(known, 'mediaEncryption', `one of ${Object.keys(encryptions).join(', ')}`);
  }
  const given = {
    participantName: request.participantName,
    participantMetadata: request.participantMetadata,
    participantAttributes: request.participantAttributes && { ...request.participantAttributes },
    fromNumber: request.callerId === undefined ? undefined : requireText(request.callerId, 'callerId'),
    displayName,
    headers: request.headers && checkHeaders(request.headers),
    dtmf: dtmf?.keys,
    maxCallDuration:
      maxCallDurationMs === undefined
        ? undefined
        : Math.ceil(requireDurationMs(maxCallDurationMs, 'maxCallDurationMs', 1_000, 86_400_000) / 1000),
    krispEnabled: request.krispEnabled,
    playDialtone: request.playDialtone,
    hidePhoneNumber: request.hidePhoneNumber,
    media: mediaEncryption && { encryption: encryptions[mediaEncryption] },
  };
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(present) as CreateSipParticipantOptions),
    participantIdentity: identity,
    waitUntilAnswered: time.waits,
    ringingTimeout: time.ringingTimeoutS,
    timeout: time.requestTimeoutS,
  };
}

import type { CreateSipParticipantOptions } from 'livekit-server-sdk';
import { checkHeaders } from './check-headers.js';
import {
  hasControlCharacter,
  requireDurationMs,
  requireOneOf,
  requireText,
  requireTexts,
  requireThat,
  requireType,
} from './check-option.js';
import type { DialRequest } from './dial-request.js';
import type { DtmfPlan } from './parse-dtmf.js';
import { planMedia } from './plan-media.js';
import type { TimePlan } from './plan-time.js';

/** The SDK's `SIPHeaderOptions`. */
const headerOptions = { none: 0, x: 1, all: 2 } as const;

/** The SDK's options, holding only what was given. */
export function planApiOptions(
  request: DialRequest,
  identity: string,
  dtmf: DtmfPlan | undefined,
  time: TimePlan,
): CreateSipParticipantOptions {
  const { callerId, participantAttributes, headers, maxCallDurationMs, includeHeaders } = request;
  const given = {
    participantName: requireType(request.participantName, 'participantName', 'string'),
    participantMetadata: requireType(request.participantMetadata, 'participantMetadata', 'string'),
    participantAttributes:
      participantAttributes === undefined ? undefined : requireTexts(participantAttributes, 'participantAttributes'),
    fromNumber: callerId === undefined ? undefined : requireText(callerId, 'callerId'),
    displayName: checkDisplayName(request.displayName),
    headers: headers === undefined ? undefined : checkHeaders(headers),
    includeHeaders:
      includeHeaders === undefined
        ? undefined
        : headerOptions[requireOneOf(includeHeaders, 'includeHeaders', headerOptions)],
    dtmf: dtmf?.keys,
    maxCallDuration:
      maxCallDurationMs === undefined
        ? undefined
        : Math.ceil(requireDurationMs(maxCallDurationMs, 'maxCallDurationMs', 1_000, 86_400_000) / 1000),
    krispEnabled: requireType(request.krispEnabled, 'krispEnabled', 'boolean'),
    playDialtone: requireType(request.playDialtone, 'playDialtone', 'boolean'),
    hidePhoneNumber: requireType(request.hidePhoneNumber, 'hidePhoneNumber', 'boolean'),
    media: planMedia(request),
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

/** The server puts it between quotes. */
function checkDisplayName(displayName: string | undefined): string | undefined {
  if (displayName === undefined) return undefined;
  const quotable = typeof displayName === 'string' && displayName.length <= 128 && !/["\\]/.test(displayName);
  const whole = quotable && !hasControlCharacter(displayName);
  requireThat(whole, 'displayName', 'at most 128 characters without " and \\');
  return displayName;
}

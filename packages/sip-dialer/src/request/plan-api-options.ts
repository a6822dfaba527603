import type { CreateSipParticipantOptions } from 'livekit-server-sdk';
import type { DialRequest } from './dial-request.js';
import { planMedia } from './plan-media.js';
import type { DtmfPlan } from '../options/parse-dtmf.js';
import { plainNumber } from './plain-number.js';
import type { TimePlan } from './plan-time.js';

/** The SDK's `SIPHeaderOptions`. */
const headerOptions = { none: 0, x: 1, all: 2 } as const;

/** Converts the request to the SDK's options, which hold only the given ones. */
export function planApiOptions(
  request: DialRequest,
  dtmf: DtmfPlan | undefined,
  time: TimePlan,
): CreateSipParticipantOptions {
  const { callerId, participantAttributes, headers, maxCallDurationMs, includeHeaders } = request;
  const given = {
    participantName: request.participantName,
    participantMetadata: request.participantMetadata,
    participantAttributes: participantAttributes && { ...participantAttributes },
    fromNumber: callerId && plainNumber(callerId),
    displayName: request.displayName,
    headers: headers && { ...headers },
    includeHeaders: includeHeaders && headerOptions[includeHeaders],
    dtmf: dtmf?.keys,
    maxCallDuration: maxCallDurationMs && Math.ceil(maxCallDurationMs / 1000),
    krispEnabled: request.krispEnabled,
    playDialtone: request.playDialtone,
    hidePhoneNumber: request.hidePhoneNumber,
    media: planMedia(request),
  };
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(present) as CreateSipParticipantOptions),
    participantIdentity: request.participantIdentity,
    waitUntilAnswered: time.waits,
    ringingTimeout: time.ringingTimeoutS,
    timeout: time.requestTimeoutS,
  };
}

import type { CreateSipParticipantOptions } from 'livekit-server-sdk';
import { dialRequest } from '../options/dial-request-shape.js';
import { validate } from '../options/validate.js';
import { checkNumber } from './check-number.js';
import { secretsIn } from './secrets-in.js';
import { chooseTrunk, type TrunkChoice } from './choose-trunk.js';
import type { DialRequest } from './dial-request.js';
import { normalizeNumber } from './normalize-number.js';
import { parseDtmf } from '../options/parse-dtmf.js';
import { parseTarget } from './parse-target.js';
import { planApiOptions } from './plan-api-options.js';
import { planTime, type TimePlan } from './plan-time.js';

/** A validated request: the values to send, and the timeouts. */
export interface DialPlan {
  readonly trunk: TrunkChoice;
  readonly number: string;
  /** `number`, if it was made of `to` by `defaultCountry`. */
  readonly dialedNumber: string | undefined;
  readonly roomName: string;
  readonly identity: string;
  readonly callerId: string | undefined;
  readonly time: TimePlan;
  /** Returns a new object for each call, since the SDK modifies it. */
  apiOptions(): CreateSipParticipantOptions;
  /** Strings that no error may show: personal data and passwords. */
  readonly secrets: readonly (string | undefined)[];
}

/** @throws SipDialerError for a request that cannot be honored */
export function planDial(request: DialRequest): DialPlan {
  validate(dialRequest, request, 'request');
  const { roomName, participantIdentity: identity, defaultCountry } = request;
  const { numberCheck = 'lenient', ringingTimeoutMs = 30_000 } = request;
  const target = parseTarget(request.to);
  const completes = defaultCountry !== undefined && target.host === undefined;
  const number = completes ? normalizeNumber(target.user, defaultCountry, numberCheck) : target.user;
  checkNumber(number, numberCheck);
  const trunk = chooseTrunk(request, target);
  const dtmf = request.dtmf === undefined ? undefined : parseDtmf(request.dtmf);
  const time = planTime(ringingTimeoutMs, dtmf?.durationMs ?? 0);
  const fixed = planApiOptions(request, dtmf, time);
  return {
    trunk,
    number,
    dialedNumber: completes ? number : undefined,
    roomName,
    identity,
    callerId: request.callerId,
    time,
    apiOptions: () => structuredClone(fixed),
    secrets: [
      request.to,
      target.user,
      number,
      roomName,
      identity,
      request.callerId,
      trunk.connection?.authPassword,
      trunk.connection?.authUsername,
      ...secretsIn(request.headers),
    ],
  };
}

/**
 * Validates a request as `dial()` does, without a dialer.
 *
 * @throws SipDialerError `missing-option`, `invalid-option`, `conflicting-options`
 */
export function validateDialRequest(request: DialRequest): void {
  planDial(request);
}

import { ParticipantKind, type Room } from '@livekit/rtc-node';
import { problem } from '@org/support';
import { throwIfInvalid } from '../checks/validate.js';
import { resolveTrunk, type TrunkOrConnection } from './resolve-trunk.js';
import type { TransferTarget } from './transfer-target.js';

/**
 * The caller ID that a human agent's phone shows.
 *
 * - `trunk`: ours, which is `LIVEKIT_SIP_NUMBER` of the environment, else a number of the stored trunk.
 * - `caller`: the caller's number. As `trunk` for a caller who withholds it, and for one in a browser.
 * - any other: this phone number.
 */
export type CallerId = 'trunk' | 'caller' | (string & {});

/** Forbidden (RFC 3261), Unwanted (RFC 8197), Rejected (RFC 8688). */
const defaultFallback: readonly number[] = [403, 607, 608];

/** The caller ID of one call. */
export interface ShownNumber {
  /** Absent: a number of the trunk. */
  readonly callerId: string | undefined;
  /** SIP statuses by which the network may reject this number, and not the call. */
  readonly fallbackOn: readonly number[];
}

/** The options that decide on the shown number. */
interface CallerIdOptions extends Pick<TrunkOrConnection, 'sipTrunkId' | 'sipConnection'> {
  readonly callerId?: CallerId | undefined;
  readonly sipNumber?: string | undefined;
  readonly callerIdFallbackOn?: readonly number[] | undefined;
}

/** The caller's number, and the environment variables. */
interface Surroundings {
  readonly callerNumber?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Returns the number that a target's phone shows; options of the target override those of the transfer.
 *
 * @throws WarmTransferError `invalid-option`
 */
export function shownNumber(
  options: CallerIdOptions,
  target: TransferTarget,
  { callerNumber, environment = process.env }: Surroundings,
): ShownNumber {
  const isOwn = target.callerId !== undefined || target.sipNumber !== undefined;
  const { callerId, sipNumber } = isOwn ? target : options;
  if (callerId !== undefined && sipNumber !== undefined) {
    throwIfInvalid([problem('callerId', 'is one too many: give `callerId` or `sipNumber`, not both')]);
  }
  const ours = given(environment['LIVEKIT_SIP_NUMBER']);
  const asked = callerId === 'caller' ? callerNumber : callerId === 'trunk' ? undefined : callerId;
  if (asked === undefined) return { callerId: given(sipNumber ?? ours), fallbackOn: [] };
  // A connection given with the call has no numbers of its own.
  const hasOther = ours !== undefined || resolveTrunk(options, target).sipConnection === undefined;
  return { callerId: asked, fallbackOn: hasOther ? (options.callerIdFallbackOn ?? defaultFallback) : [] };
}

/**
 * Returns the caller's number. Undefined for a caller in a browser, and for one who withholds it: a word is in its
 * place (RFC 3323), or the trunk passes a header `Privacy` that requires it.
 */
export function readCallerNumber({ remoteParticipants }: Room, identity: string | undefined): string | undefined {
  const caller = identity === undefined ? undefined : remoteParticipants.get(identity);
  if (caller?.info.kind !== ParticipantKind.SIP) return undefined;
  const { 'sip.phoneNumber': number = '', 'sip.h.privacy': privacy = 'none' } = caller.attributes;
  return privacy === 'none' && /^\+?\d{3,15}$/.test(number) ? number : undefined;
}

/** Returns undefined for an empty string. */
export function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

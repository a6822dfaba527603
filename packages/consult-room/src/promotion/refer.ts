import type { SipService } from '../api/sip-service.js';
import { getHttpStatus, toConsultRoomError } from '../api/to-consult-room-error.js';
import type { PromotionFailure } from '../call/promotion.js';

export interface ReferRequest {
  readonly room: string;
  readonly identity: string;
  readonly to: string;
  readonly timeoutMs: number;
}

/** The server's answer to a REFER. */
export type ReferAnswer =
  /** The phone has called the other number. Its new leg may not be active yet, and its old one may not have ended. */
  | { readonly how: 'called' }
  /** The phone has not called. */
  | { readonly how: 'failed'; readonly failure: PromotionFailure }
  /** The answer was lost on the way to this process, or to the server: the phone may call nevertheless. */
  | { readonly how: 'unknown'; readonly failure: PromotionFailure };

/** Asks a phone to call another number. Never rejects. */
export async function refer(sip: SipService, request: ReferRequest): Promise<ReferAnswer> {
  const { room, identity, to, timeoutMs } = request;
  try {
    await sip.transferSipParticipant(room, identity, to, { ringingTimeout: timeoutMs / 1000 });
    return { how: 'called' };
  } catch (error) {
    return readFailure(error);
  }
}

function readFailure(cause: unknown): ReferAnswer {
  const sipStatus = getSipStatus(cause);
  if (sipStatus !== undefined) return { how: 'failed', failure: { promoted: false, reason: 'rejected', sipStatus } };
  const error = toConsultRoomError(cause, 'ask the phone to call');
  const noAnswer = { promoted: false, reason: 'no-answer' } as const;
  // The gateway lost sight of the request; it answers the same for a phone that hung up.
  if (isCanceled(cause)) return { how: 'unknown', failure: noAnswer };
  if (getHttpStatus(cause) === 408) return { how: 'failed', failure: noAnswer };
  // For 32 s (RFC 3261, timer F) the gateway waits for the answer to an earlier REFER.
  if (error.message.includes(referPending)) return { how: 'failed', failure: { ...noAnswer, error } };
  const failure = { promoted: false, reason: 'server', error } as const;
  return { how: error.code === 'unreachable' || error.code === 'timeout' ? 'unknown' : 'failed', failure };
}

/** The end of the gateway's message for a phone that has not answered the last REFER; it has no code of its own. */
const referPending = 'call already being transferred elsewhere';

function isCanceled(error: unknown): boolean {
  return getHttpStatus(error) === 408 && error instanceof Error && 'code' in error && error.code === 'canceled';
}

/** Reads the status by shape: two copies of the SDK can be installed. */
function getSipStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('sipStatusCode' in error)) return undefined;
  return typeof error.sipStatusCode === 'number' ? error.sipStatusCode : undefined;
}

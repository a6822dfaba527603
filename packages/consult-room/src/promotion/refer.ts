import { httpStatusOf, toConsultRoomError } from '../api/to-consult-room-error.js';
import type { PromotionFailure } from '../call/promotion.js';
import type { SipService } from '../api/sip-service.js';

export interface ReferRequest {
  readonly room: string;
  readonly identity: string;
  readonly to: string;
  readonly timeoutMs: number;
}

/** What the server says of a REFER. */
export type ReferAnswer =
  /** The phone has called the other number. Its new line may not be active yet, and its old one not be over. */
  | { readonly how: 'called' }
  /** The phone has not called. */
  | { readonly how: 'failed'; readonly failure: PromotionFailure }
  /** The answer was lost on the way to us, or to the server: the phone may call all the same. */
  | { readonly how: 'unknown'; readonly failure: PromotionFailure };

/** Tells a phone to call another number. Never rejects. */
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
  const sipStatus = sipStatusOf(cause);
  if (sipStatus !== undefined) return { how: 'failed', failure: { promoted: false, reason: 'refused', sipStatus } };
  const error = toConsultRoomError(cause, 'tell the phone to call');
  const noAnswer = { promoted: false, reason: 'no-answer' } as const;
  // The gateway lost sight of the request; it also says so of a phone that hung up.
  if (isCanceled(cause)) return { how: 'unknown', failure: noAnswer };
  if (httpStatusOf(cause) === 408) return { how: 'failed', failure: noAnswer };
  // For 32 s (RFC 3261, timer F) the gateway waits for the answer to an earlier one.
  if (error.message.includes(stillAsked)) return { how: 'failed', failure: { ...noAnswer, error } };
  const failure = { promoted: false, reason: 'server', error } as const;
  return { how: error.code === 'unreachable' || error.code === 'timeout' ? 'unknown' : 'failed', failure };
}

/** The end of the gateway's words for a phone that has not answered the last REFER; they have no code of their own. */
const stillAsked = 'call already being transferred elsewhere';

function isCanceled(error: unknown): boolean {
  return httpStatusOf(error) === 408 && error instanceof Error && 'code' in error && error.code === 'canceled';
}

/** Read by shape: two copies of the SDK can be installed. */
function sipStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('sipStatusCode' in error)) return undefined;
  return typeof error.sipStatusCode === 'number' ? error.sipStatusCode : undefined;
}

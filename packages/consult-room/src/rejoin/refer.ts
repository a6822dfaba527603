import { httpStatusOf, toConsultRoomError } from '../errors/to-consult-room-error.js';
import type { PromotionFailure } from './promotion.js';
import type { SipService } from './sip-service.js';

export interface ReferRequest {
  readonly room: string;
  readonly identity: string;
  readonly to: string;
  readonly timeoutMs: number;
}

/** What the server says of a REFER: undefined when the phone has called the other number. */
export type ReferAnswer = PromotionFailure | undefined;

/** Tells a phone to call another number. Never rejects. */
export async function refer(sip: SipService, request: ReferRequest): Promise<ReferAnswer> {
  const { room, identity, to, timeoutMs } = request;
  try {
    await sip.transferSipParticipant(room, identity, to, { ringingTimeout: timeoutMs / 1000 });
    return undefined;
  } catch (error) {
    const sipStatus = sipStatusOf(error);
    if (sipStatus !== undefined) return { promoted: false, reason: 'refused', sipStatus };
    if (httpStatusOf(error) === 408) return { promoted: false, reason: 'no-answer' };
    return { promoted: false, reason: 'server', error: toConsultRoomError(error, 'tell the phone to call') };
  }
}

/** Read by shape: two copies of the SDK can be installed. */
function sipStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('sipStatusCode' in error)) return undefined;
  return typeof error.sipStatusCode === 'number' ? error.sipStatusCode : undefined;
}

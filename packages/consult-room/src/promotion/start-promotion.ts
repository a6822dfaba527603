import { ParticipantKind } from '@livekit/rtc-node';
import { failPromotion, type PromotionFailure } from '../call/promotion.js';
import { isHiddenIdentity } from './hidden-identity.js';
import type { PromotionContext } from './promotion-context.js';
import { PromotionRun } from './promotion-run.js';

/**
 * Starts to bring the phone of a bridged human agent into the caller room: it is asked to call a number that exists for
 * this call only. Returns the failure if no phone can be asked.
 */
export function startPromotion(context: PromotionContext): PromotionRun | PromotionFailure {
  const { consultRoom, humanIdentity, callerIdentity, callEnded, signal } = context;
  if (callEnded.aborted) return failPromotion('ended');
  if (signal?.aborted) return failPromotion('aborted');
  const human = consultRoom.remoteParticipants.get(humanIdentity);
  if (human?.kind !== ParticipantKind.SIP) return failPromotion('not-a-phone');
  if (isHiddenIdentity(callerIdentity)) return failPromotion('identity-conflict');
  return new PromotionRun(context, human.attributes['sip.phoneNumber']);
}

import { ParticipantKind } from '@livekit/rtc-node';
import { isHiddenIdentity } from './hidden-identity.js';
import type { PromoteContext } from './promotion-context.js';
import { failPromotion } from '../call/promotion.js';
import type { PromotionFailure } from '../call/promotion.js';
import { RejoinRun } from './promotion-run.js';

/**
 * Begins to bring the phone of a bridged human agent into the caller's room: it is told to call a number that exists for
 * this call only. Returns the reason where no phone can be told.
 */
export function beginPromotion(context: PromoteContext): RejoinRun | PromotionFailure {
  const { consultRoom, humanIdentity, callerIdentity, over, signal } = context;
  if (over.aborted) return failPromotion('ended');
  if (signal?.aborted) return failPromotion('aborted');
  const human = consultRoom.remoteParticipants.get(humanIdentity);
  if (human?.kind !== ParticipantKind.SIP) return failPromotion('not-a-phone');
  if (isHiddenIdentity(callerIdentity)) return failPromotion('identity-conflict');
  return new RejoinRun(context, human.attributes['sip.phoneNumber']);
}

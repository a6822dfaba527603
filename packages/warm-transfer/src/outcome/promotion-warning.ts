import type { Promotion } from '@org/consult-room';

/**
 * A promotion that was not to be, as a note: the call goes on by the
 * bridge. That the call itself ended meanwhile is told by its end, and is none.
 */
export function promotionNote(promotion: Promotion): Error | undefined {
  if (promotion.promoted || promotion.reason === 'ended' || promotion.reason === 'human-left') return undefined;
  const { reason, sipStatus } = promotion;
  const status = sipStatus === undefined ? '' : ` (SIP ${sipStatus})`;
  return new Error(`the call goes on by the bridge, as its promotion failed: ${reason}${status}`, { cause: promotion });
}

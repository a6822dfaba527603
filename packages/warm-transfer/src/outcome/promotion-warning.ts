import type { Promotion } from '@org/consult-room';

/**
 * Returns the warning about a failed promotion, after which the call continues by the bridge; none if the call itself
 * ended meanwhile.
 */
export function promotionWarning(promotion: Promotion): Error | undefined {
  if (promotion.promoted || promotion.reason === 'ended' || promotion.reason === 'human-left') return undefined;
  const { reason, sipStatus } = promotion;
  const status = sipStatus === undefined ? '' : ` (SIP ${sipStatus})`;
  return new Error(`the call continues by the bridge, as its promotion failed: ${reason}${status}`, {
    cause: promotion,
  });
}

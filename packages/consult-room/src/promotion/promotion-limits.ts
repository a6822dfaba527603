import type { PromotionTimer } from './promotion-effect.js';

/** Timeouts in milliseconds, with the default of `rejoin.timeoutMs`. */
export const promotionLimits: Readonly<Record<PromotionTimer, number>> = Object.freeze(limitsFor(15_000));

/** Returns the timeouts in milliseconds. */
export function limitsFor(timeoutMs: number): Record<PromotionTimer, number> {
  return {
    // The server ends a transfer by itself; it is abandoned this much later.
    'answer-due': timeoutMs + 3_000,
    'leg-due': 3_000,
    // Audio that was relayed before is on its way to the caller for about as long.
    'silence-due': 120,
    'hang-up-due': 500,
    'old-leg-due': 2_000,
    'late-leg-due': 300,
  };
}

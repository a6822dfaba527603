import type { RejoinTimer } from './promotion-effect.js';

/** Limits in milliseconds, with the default of `rejoin.timeoutMs`. */
export const rejoinLimits: Readonly<Record<RejoinTimer, number>> = Object.freeze(limitsFor(15_000));

/** Limits in milliseconds. */
export function limitsFor(timeoutMs: number): Record<RejoinTimer, number> {
  return {
    // The server ends a transfer by itself; this much later it is given up.
    'answer-due': timeoutMs + 3_000,
    'line-due': 3_000,
    // What was relayed before is still on its way to the caller for about as long.
    'silence-due': 120,
    'hang-up-due': 500,
    'old-line-due': 2_000,
    'late-line-due': 300,
  };
}

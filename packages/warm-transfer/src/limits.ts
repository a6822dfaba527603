import type { Limit } from './machine/ending.js';
import { WarmTransferError } from './warm-transfer-error.js';

/** How long each phase may last, in milliseconds. A phase that reaches its limit ends the transfer, never the process. */
export interface TransferLimits {
  /** Creating the consult room. Default 10,000. */
  readonly openingMs: number;
  /** From the dial to its result; a guard above the ringing limit of the dial itself. Default: ringing limit + 15,000. */
  readonly dialingMs: number;
  /** From the answer to the decision. Default 120,000. */
  readonly briefingMs: number;
  /** From the accept until both hear each other. Default 6,000. */
  readonly mergingMs: number;
  /** Giving the caller back to the AI. Default 1,000. */
  readonly releasingMs: number;
  /** Closing everything else after the outcome. Default 45,000. */
  readonly closingMs: number;
  /** One fixed sentence to a human agent before we hang up. Default 8,000. */
  readonly farewellMs: number;
}

export const defaultLimits: TransferLimits = Object.freeze({
  openingMs: 10_000,
  dialingMs: 45_000,
  briefingMs: 120_000,
  mergingMs: 6_000,
  releasingMs: 1_000,
  closingMs: 45_000,
  farewellMs: 8_000,
});

export function resolveLimits(given: Partial<TransferLimits> = {}, ringingTimeoutMs?: number): TransferLimits {
  const limits = {
    ...defaultLimits,
    ...(ringingTimeoutMs === undefined ? {} : { dialingMs: ringingTimeoutMs + 15_000 }),
    ...given,
  };
  for (const [name, value] of Object.entries(limits)) {
    if (!(name in defaultLimits)) {
      throw new WarmTransferError(
        'invalid-option',
        `limits.${name} is unknown; known are ${Object.keys(defaultLimits).join(', ')}`,
      );
    }
    if (!Number.isFinite(value) || value <= 0) {
      throw new WarmTransferError(
        'invalid-option',
        `limits.${name} must be a positive number of milliseconds, not ${String(value)}`,
      );
    }
  }
  return limits;
}

export function limitMs(limits: TransferLimits, limit: Limit): number {
  switch (limit) {
    case 'opening':
      return limits.openingMs;
    case 'dialing':
      return limits.dialingMs;
    case 'briefing':
      return limits.briefingMs;
    case 'merging':
      return limits.mergingMs;
    case 'releasing':
      return limits.releasingMs;
    case 'closing':
      return limits.closingMs;
  }
}

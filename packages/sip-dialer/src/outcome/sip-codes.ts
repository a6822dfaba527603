import type { DialFailureStatus } from './dial-outcome.js';
import { explainSipStatus } from './sip-responses.js';

/** What a SIP status says about an attempt, and whether trying again later makes sense. */
export interface SipVerdict {
  readonly status: DialFailureStatus;
  readonly retryable: boolean;
}

export function judgeSipCode(code: number): SipVerdict {
  const { status, retryable } = explainSipStatus(code);
  return { status, retryable };
}

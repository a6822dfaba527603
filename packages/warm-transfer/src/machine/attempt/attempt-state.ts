import type { AttemptEnd } from '../types/ending.js';

/**
 * The state of one attempt.
 *
 * - `opening`: its consult room is being created.
 * - `dialing`: the phone is being called.
 * - `briefing`: the phone was answered, and the human agent is being briefed.
 * - `voicemail`: a voicemail answered; the policy is being asked.
 * - `accepted`: the human agent accepted; audio between the rooms is being verified.
 * - `merged`: caller and human agent talk.
 * - `closing`: the attempt has ended; phone, room and agent are being released.
 * - `closed`: everything is released.
 */
export type AttemptState = {
  readonly target: string;
  /** Set for the second call to a target that rejected the caller ID of the first; kept until it is answered. */
  readonly callerId?: 'trunk';
} & (
  | { readonly phase: 'opening' }
  | { readonly phase: 'dialing'; readonly ringing: boolean }
  | { readonly phase: 'briefing'; readonly humanIdentity: string }
  | { readonly phase: 'voicemail'; readonly humanIdentity: string }
  | { readonly phase: 'accepted'; readonly humanIdentity: string }
  | { readonly phase: 'merged'; readonly humanIdentity: string }
  | { readonly phase: 'closing'; readonly ending: AttemptEnd }
  | { readonly phase: 'closed'; readonly ending: AttemptEnd }
);

export type AttemptPhase = AttemptState['phase'];
export type AttemptStateOf<P extends AttemptPhase> = Extract<AttemptState, { phase: P }>;

/** Whether the attempt can still be connected. */
export function isAlive({ phase }: AttemptState): boolean {
  return phase !== 'voicemail' && phase !== 'closing' && phase !== 'closed';
}

import type { AttemptEnding } from '../types/ending.js';

/**
 * Where one dial of one target stands.
 *
 * - `opening`: its consult room is being created.
 * - `dialing`: the phone is being called.
 * - `briefing`: somebody answered and is being told what the call is about.
 * - `machine`: a voicemail box is on the line; what to do with it is being decided.
 * - `accepted`: the human agent wants the caller; audio between the rooms is being proven.
 * - `merged`: caller and human agent talk.
 * - `closing`: it is over; phone, room and agent are being released.
 * - `closed`: nothing of it is left.
 */
export type AttemptState = {
  readonly target: string;
  /** Set for the second call to a target that refused the caller ID of the first; known until it is answered. */
  readonly callerId?: 'trunk';
} & (
  | { readonly phase: 'opening' }
  | { readonly phase: 'dialing'; readonly ringing: boolean }
  | { readonly phase: 'briefing'; readonly humanIdentity: string }
  | { readonly phase: 'machine'; readonly humanIdentity: string }
  | { readonly phase: 'accepted'; readonly humanIdentity: string }
  | { readonly phase: 'merged'; readonly humanIdentity: string }
  | { readonly phase: 'closing'; readonly ending: AttemptEnding }
  | { readonly phase: 'closed'; readonly ending: AttemptEnding }
);

export type AttemptPhase = AttemptState['phase'];
export type AttemptStateOf<P extends AttemptPhase> = Extract<AttemptState, { phase: P }>;

/** Whether the attempt can still connect somebody. */
export function isAlive({ phase }: AttemptState): boolean {
  return phase !== 'machine' && phase !== 'closing' && phase !== 'closed';
}

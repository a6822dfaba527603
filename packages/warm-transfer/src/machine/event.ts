import type { DialEnding, LeaveHow, Limit, SipFacts } from './ending.js';

/** What can happen to a transfer. Ports report it; nothing else moves the state. */
export type TransferEvent =
  | { readonly type: 'start' }
  | { readonly type: 'consult-opened' }
  | { readonly type: 'consult-failed'; readonly cause: unknown }
  /** The human agent's phone rings (SIP 180). */
  | { readonly type: 'ringing' }
  | { readonly type: 'answered'; readonly humanIdentity: string }
  | { readonly type: 'dial-ended'; readonly ending: DialEnding }
  | ({ readonly type: 'dial-failed'; readonly cause: unknown } & SipFacts)
  /** The briefing agent could not be made ready, or broke. */
  | { readonly type: 'briefing-failed'; readonly cause: unknown }
  | { readonly type: 'accepted' }
  | { readonly type: 'declined'; readonly reason: string; readonly redirectTo?: string }
  | { readonly type: 'voicemail' }
  | { readonly type: 'silent' }
  | { readonly type: 'merged' }
  | { readonly type: 'merge-failed'; readonly cause: unknown }
  /** A merge that stood broke: the bridge or its room is gone. */
  | { readonly type: 'merge-lost'; readonly cause: unknown }
  | { readonly type: 'human-left'; readonly how: LeaveHow }
  | { readonly type: 'caller-left' }
  | { readonly type: 'caller-restored' }
  | { readonly type: 'caller-hung-up' }
  /** Muting, restoring or hanging up the caller did not work. */
  | { readonly type: 'caller-failed'; readonly cause: unknown }
  | { readonly type: 'hold-failed'; readonly cause: unknown }
  | { readonly type: 'consult-closed' }
  | { readonly type: 'aborted'; readonly cause: unknown }
  /** The program asks to end a connected call. */
  | { readonly type: 'hang-up' }
  | { readonly type: 'limit-reached'; readonly limit: Limit };

export type EventType = TransferEvent['type'];
export type EventOf<E extends EventType> = Extract<TransferEvent, { type: E }>;

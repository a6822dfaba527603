import type { ApiFailure } from '../api/api-failure.js';
import type { LegSighting } from '../leg/leg-observer.js';

/** The local timers of an attempt. */
export type DialTimer = 'ring' | 'api' | 'join' | 'confirm' | 'reason' | 'removal';

/** An event of an attempt. */
export type DialEvent =
  | { readonly type: 'start' }
  | { readonly type: 'api-succeeded'; readonly callId: string }
  | { readonly type: 'api-failed'; readonly failure: ApiFailure }
  | LegSighting
  | { readonly type: 'abort'; readonly reason: unknown }
  | { readonly type: 'timeout'; readonly timer: DialTimer }
  /** The leg has left the room, or removing it has timed out. */
  | { readonly type: 'leg-removed' };

/** An effect of a transition, to be performed by `DialAttempt`. */
export type DialEffect =
  | { readonly type: 'send-request' }
  | { readonly type: 'set-timer'; readonly timer: DialTimer; readonly ms: number }
  | { readonly type: 'clear-timer'; readonly timer: DialTimer }
  | { readonly type: 'report'; readonly status: 'dialing' | 'ringing' | 'answered'; readonly at: number }
  /** The leg has joined: from now on, a room without the leg means that it has left. */
  | { readonly type: 'expect-leg' }
  /** Remove the leg until it is gone and the request has ended. */
  | { readonly type: 'remove-leg' }
  | { readonly type: 'settle' };

import type { ApiFailure } from '../api/api-failure.js';
import type { LegSighting } from '../leg/leg-observer.js';

/** Our own limits in an attempt. */
export type DialTimer = 'ring' | 'api' | 'join' | 'confirm' | 'reason' | 'removal';

/** What can happen to an attempt. */
export type DialEvent =
  | { readonly type: 'start' }
  | { readonly type: 'api-succeeded'; readonly callId: string }
  | { readonly type: 'api-failed'; readonly failure: ApiFailure }
  | LegSighting
  | { readonly type: 'abort'; readonly reason: unknown }
  | { readonly type: 'timeout'; readonly timer: DialTimer }
  /** The leg is out of the room, or all was tried. */
  | { readonly type: 'leg-removed' };

/** What an attempt wants done. */
export type DialEffect =
  | { readonly type: 'send-request' }
  | { readonly type: 'set-timer'; readonly timer: DialTimer; readonly ms: number }
  | { readonly type: 'clear-timer'; readonly timer: DialTimer }
  | { readonly type: 'report'; readonly status: 'dialing' | 'ringing' | 'answered'; readonly at: number }
  /** The leg has joined: from now on, a room without it means that it has left. */
  | { readonly type: 'expect-leg' }
  /** Remove the leg until it is gone, and the request is over. */
  | { readonly type: 'remove-leg' }
  | { readonly type: 'settle' };

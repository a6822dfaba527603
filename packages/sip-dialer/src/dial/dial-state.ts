import type { ApiFailure } from '../api/api-failure.js';
import type { DialTimings } from '../outcome/dial-outcome.js';

/** The facts known about an attempt. They only accumulate. */
export interface DialFacts {
  readonly request: 'unsent' | 'pending' | 'succeeded' | 'failed';
  readonly callId?: string;
  /** How the request failed. */
  readonly failure?: ApiFailure;
  /** The leg was seen in the room, or the server confirmed that it joined. */
  readonly joined: boolean;
  /** The leg is observed in a joined room, which reports every change and the departure. */
  readonly legObserved: boolean;
  /** When the leg was last seen in the room. */
  readonly seenAt?: number;
  readonly callStatus?: string;
  readonly ringingSeen: boolean;
  /** The callee picked up; keys of the dial may still be playing. */
  readonly pickedUp: boolean;
  /** When the keys of the dial were first seen playing. */
  readonly dtmfStartedAt?: number;
  readonly legGone: boolean;
  readonly disconnectReason?: number;
  readonly timings: DialTimings;
}

/** The first cause that ended the attempt. Later causes do not change it. */
export type DialEnding =
  | { readonly type: 'answered' }
  | { readonly type: 'aborted'; readonly reason: unknown }
  | { readonly type: 'ring-limit' }
  | { readonly type: 'api-failed'; readonly failure: ApiFailure }
  /** The leg left the room, and no response gave a reason. */
  | { readonly type: 'left' };

/**
 * - `awaiting-response`: the request to dial is pending, and its answer says how the call went.
 * - `watching-leg`: no answer to the request says so (it does not wait, or is lost): the leg's attributes do.
 * - `awaiting-reason`: the request failed, or the phone hung up; the leg's reason for leaving should arrive any moment. Or the
 *   keys of the dial are through, and a phone that hung up meanwhile is about to be reported.
 * - `removing-leg`: it is over, but the phone may still ring.
 * - `settled`: the outcome is out.
 */
export type DialState =
  | { readonly phase: 'idle' | 'awaiting-response' | 'watching-leg'; readonly facts: DialFacts }
  | { readonly phase: 'awaiting-reason'; readonly facts: DialFacts; readonly ending: DialEnding }
  | { readonly phase: 'removing-leg'; readonly facts: DialFacts; readonly ending: DialEnding }
  | { readonly phase: 'settled'; readonly facts: DialFacts; readonly ending: DialEnding };

/** An answer is none any more. */
export function isOver({ legGone, callStatus }: DialFacts): boolean {
  return legGone || callStatus === 'hangup';
}

export function initialState(requestedAt: number): DialState {
  const facts: DialFacts = {
    request: 'unsent',
    joined: false,
    legObserved: false,
    ringingSeen: false,
    pickedUp: false,
    legGone: false,
    timings: { requestedAt },
  };
  return { phase: 'idle', facts };
}

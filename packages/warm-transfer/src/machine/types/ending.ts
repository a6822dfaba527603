/** The limits of one attempt: each of its phases may not last for ever. */
export type AttemptLimit = 'opening' | 'dialing' | 'briefing' | 'closing';

/** The limits of the transfer itself. */
export type TransferLimit =
  | 'resolving'
  | 'deciding'
  | 'redirecting'
  | 'cold-transferring'
  | 'merging'
  | 'releasing'
  | 'hanging-up'
  | 'total';

/** The limits that a transfer sets itself; each is of a phase that must not last for ever. */
export type Limit = AttemptLimit | TransferLimit;

/** How a human agent accepted the caller. */
export type AcceptedBy = 'key' | 'voice';

/** How a participant left: by ending the call, or because the line was lost. */
export type LeaveHow = 'hung-up' | 'lost';

/** SIP facts of a dial that did not work out. */
export interface SipFacts {
  /** SIP response code (RFC 3261 section 21), where the network gave one. */
  readonly sipStatusCode?: number;
  /** Reason phrase that came with the code. */
  readonly sipStatus?: string;
}

/** A dial that did not reach anybody. Its status is also the transfer's. */
export type DialEnding = SipFacts & {
  readonly kind: 'ending';
  readonly status: 'no-answer' | 'busy' | 'rejected' | 'unreachable' | 'invalid-number' | 'trunk-rejected';
  readonly cause?: unknown;
};

/** How an attempt failed by itself, which is what a policy decides about. */
export type AttemptFailure =
  | DialEnding
  | { readonly kind: 'ending'; readonly status: 'declined'; readonly reason: string; readonly redirectTo?: string }
  | { readonly kind: 'ending'; readonly status: 'voicemail' }
  | { readonly kind: 'ending'; readonly status: 'silent' }
  | { readonly kind: 'ending'; readonly status: 'human-left'; readonly how: LeaveHow }
  | { readonly kind: 'ending'; readonly status: 'timed-out'; readonly limit: Limit }
  | { readonly kind: 'ending'; readonly status: 'merge-failed'; readonly cause: unknown }
  | ({ readonly kind: 'ending'; readonly status: 'failed'; readonly cause: unknown } & SipFacts);

/** How one attempt ended: by itself, because another target took the caller, or because the transfer ended. */
export type AttemptEnding = AttemptFailure | { readonly kind: 'ending'; readonly status: 'taken' | 'canceled' };

/** Why there is nobody to dial. */
export type NoTarget =
  | { readonly kind: 'ending'; readonly status: 'outside-hours' }
  | {
      readonly kind: 'ending';
      readonly status: 'no-target';
      /**
       * The department does not exist; the resolver gave nobody, was late, or failed; nobody is present; or all have been
       * tried before.
       */
      readonly why: 'unknown-department' | 'empty' | 'late' | 'failed' | 'not-present';
      readonly cause?: unknown;
    };

/** How a transfer ended without connecting the two: the first cause, whatever came after it. */
export type Ending =
  | AttemptFailure
  | NoTarget
  | { readonly kind: 'ending'; readonly status: 'caller-left' }
  | { readonly kind: 'ending'; readonly status: 'caller-canceled' }
  | { readonly kind: 'ending'; readonly status: 'aborted'; readonly cause: unknown };

/**
 * The caller's fate: back with the AI, gone by themselves or from us, hung up on, or sent to another phone. `stranded`: in
 * their room without the AI, as the session could not take them back and ending their call failed too.
 */
export type CallerFate = 'returned' | 'left' | 'hung-up' | 'cold-transferred' | 'stranded';

/** How a call between the caller and the human agent ended, after a transfer that connected them. */
export interface CallEnd {
  readonly kind: 'call-end';
  /** Who ended it: one of the two, the line or the bridge between them, or our own to the caller; or the program. */
  readonly by: 'caller' | 'human' | 'line' | 'program';
  /** The caller's fate. With a session that is closed, what `onSessionClosed` asks for. */
  readonly caller: CallerFate;
  readonly cause?: unknown;
}

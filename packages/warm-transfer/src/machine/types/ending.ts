/** The time limits of one attempt's phases. */
export type AttemptLimit = 'opening' | 'dialing' | 'briefing' | 'closing';

/** The time limits of the transfer itself. */
export type TransferLimit =
  | 'resolving'
  | 'deciding'
  | 'redirecting'
  | 'cold-transferring'
  | 'merging'
  | 'releasing'
  | 'hanging-up'
  | 'total';

/** The time limits of phases, by name. */
export type LimitName = AttemptLimit | TransferLimit;

/** How a human agent accepted the caller. */
export type AcceptedBy = 'key' | 'voice';

/** How a participant left: by hanging up, or because the line was lost. */
export type DisconnectCause = 'hung-up' | 'lost';

/** The SIP status of a failed dial. */
export interface SipStatus {
  /** SIP response code (RFC 3261 section 21), if there is one. */
  readonly sipStatusCode?: number;
  /** Reason phrase that came with the code. */
  readonly sipStatus?: string;
}

/** The failure of a dial. Its status is also the transfer's. */
export type DialFailure = SipStatus & {
  readonly kind: 'ending';
  readonly status: 'no-answer' | 'busy' | 'rejected' | 'unreachable' | 'invalid-number' | 'trunk-rejected';
  readonly cause?: unknown;
};

/** The failure of an attempt, about which the policy decides. */
export type AttemptFailure =
  | DialFailure
  | { readonly kind: 'ending'; readonly status: 'declined'; readonly reason: string; readonly redirectTo?: string }
  | { readonly kind: 'ending'; readonly status: 'voicemail' }
  | { readonly kind: 'ending'; readonly status: 'no-speech' }
  | { readonly kind: 'ending'; readonly status: 'human-disconnected'; readonly how: DisconnectCause }
  | { readonly kind: 'ending'; readonly status: 'timed-out'; readonly limit: LimitName }
  | { readonly kind: 'ending'; readonly status: 'merge-failed'; readonly cause: unknown }
  | ({ readonly kind: 'ending'; readonly status: 'failed'; readonly cause: unknown } & SipStatus);

/** The end of one attempt: by its failure, because another target got the caller, or because the transfer ended. */
export type AttemptEnd =
  | AttemptFailure
  | { readonly kind: 'ending'; readonly status: 'answered-elsewhere' | 'canceled' };

/** The reason why there is no target. */
export type NoTarget =
  | { readonly kind: 'ending'; readonly status: 'closed' }
  | {
      readonly kind: 'ending';
      readonly status: 'no-target';
      /**
       * The department does not exist; the resolver returned none, was late, or failed; no target is present; or all
       * were called before.
       */
      readonly why: 'unknown-department' | 'empty' | 'late' | 'failed' | 'not-present';
      readonly cause?: unknown;
    };

/** The failure of a transfer: its first cause. */
export type TransferFailure =
  | AttemptFailure
  | NoTarget
  | { readonly kind: 'ending'; readonly status: 'caller-left' }
  | { readonly kind: 'ending'; readonly status: 'caller-canceled' }
  | { readonly kind: 'ending'; readonly status: 'aborted'; readonly cause: unknown };

/**
 * Where the caller ended up: returned to the AI, left (or lost to us), hung up on, or cold-transferred. `stranded`: in
 * the caller room without the AI, as both the return and the hang-up failed. New ones may come.
 */
export type CallerDisposition = 'returned' | 'left' | 'hung-up' | 'cold-transferred' | 'stranded';

/** The end of a connected call. */
export interface CallEnd {
  readonly kind: 'call-end';
  /** The side that ended it: caller, human agent, the line (or bridge) between them or to us, or the program. */
  readonly by: 'caller' | 'human' | 'line' | 'program';
  /** Where the caller ended up. With a closed session, as set by `onSessionClosed`. */
  readonly caller: CallerDisposition;
  readonly cause?: unknown;
}

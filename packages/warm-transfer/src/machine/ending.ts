/** The limits that a transfer sets itself; each is a phase that must not last for ever. */
export type Limit = 'opening' | 'dialing' | 'briefing' | 'merging' | 'releasing' | 'closing';

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

/** How a transfer ended without connecting the two: the first cause, whatever came after it. */
export type Ending =
  | DialEnding
  | { readonly kind: 'ending'; readonly status: 'declined'; readonly reason: string; readonly redirectTo?: string }
  | { readonly kind: 'ending'; readonly status: 'voicemail' }
  | { readonly kind: 'ending'; readonly status: 'silent' }
  | { readonly kind: 'ending'; readonly status: 'human-left'; readonly how: LeaveHow }
  | { readonly kind: 'ending'; readonly status: 'timed-out'; readonly limit: Limit }
  | { readonly kind: 'ending'; readonly status: 'merge-failed'; readonly cause: unknown }
  | { readonly kind: 'ending'; readonly status: 'caller-left' }
  | { readonly kind: 'ending'; readonly status: 'aborted'; readonly cause: unknown }
  | ({ readonly kind: 'ending'; readonly status: 'failed'; readonly cause: unknown } & SipFacts);

/** How a call between the caller and the human agent ended, after a transfer that connected them. */
export interface CallEnd {
  readonly kind: 'call-end';
  /** Who ended it: one of the two, the line or the bridge between them, or the program. */
  readonly by: 'caller' | 'human' | 'line' | 'program';
  /** What became of the caller: left by themselves, was hung up on, or is back with the AI. */
  readonly caller: 'left' | 'hung-up' | 'returned';
  readonly cause?: unknown;
}

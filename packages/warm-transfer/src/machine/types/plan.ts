/** Targets that are called in parallel, by their keys; only the router has their options. */
export interface Stage {
  readonly targets: readonly string[];
  /** Milliseconds until the next stage is called in addition; absent: when all of these have ended. */
  readonly nextAfterMs?: number;
}

/** The targets to call, in order. */
export interface Plan {
  readonly stages: readonly Stage[];
  /** Of several phones in parallel, whether the first to answer gets the caller, or the first to accept. */
  readonly winner: 'answer' | 'accept';
}

/** What to do when one side of a connected call is gone: hang up on the caller, or return the caller to the AI. */
export interface AfterConnectOptions {
  /** When the human agent hangs up. Default `hang-up`. */
  readonly onHumanHangUp?: 'hang-up' | 'return' | undefined;
  /** When the human agent's line or the merge is lost. Default `return`. */
  readonly onLineLost?: 'hang-up' | 'return' | undefined;
  /** When the caller is gone: hang up on the human agent, or announce it first. Default `hang-up`. */
  readonly onCallerHangUp?: 'hang-up' | 'announce' | undefined;
}

/** The settings of a transfer. */
export interface Setup {
  /** When the caller is put on hold: on the dial, the answer, or the accept. */
  readonly holdCallerOn: 'dial' | 'answer' | 'accept';
  /** Largest number of attempts, redirects included. */
  readonly maxAttempts: number;
  readonly afterConnect?: AfterConnectOptions;
}

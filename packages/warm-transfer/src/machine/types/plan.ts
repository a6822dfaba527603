/** Targets that are called at the same time. The names stand for targets that only the shell knows more about. */
export interface Stage {
  readonly targets: readonly string[];
  /** After so long the next stage joins in, these phones ringing on; absent: only when all of these are over. */
  readonly nextAfterMs?: number;
}

/** Whom to call, in which order. */
export interface Plan {
  readonly stages: readonly Stage[];
  /** Of several phones at once: whether the first to answer has the caller, or the first to accept. */
  readonly winner: 'answer' | 'accept';
}

/** What becomes of one of the two, once connected, when the other is gone. The caller is hung up on, or has the AI back. */
export interface Supervision {
  /** The human agent ended the call. Default `hang-up`. */
  readonly humanHangsUp?: 'hang-up' | 'return' | undefined;
  /** The human agent's line, or what joined the two, is lost. Default `return`. */
  readonly lineLost?: 'hang-up' | 'return' | undefined;
  /** The caller is gone: the human agent is hung up on, or hears a sentence about it first. Default `release`. */
  readonly callerLeaves?: 'release' | 'tell' | undefined;
}

/** What is settled about a transfer before it begins. */
export interface Setup {
  /** When the caller is put on hold: at once, when somebody answers, or when somebody accepts. */
  readonly holdFrom: 'dial' | 'answer' | 'accept';
  /** Attempts of the whole transfer, redirects included. */
  readonly maxAttempts: number;
  readonly supervision?: Supervision;
}

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

/** What is settled about a transfer before it begins. */
export interface Setup {
  /** When the caller is put on hold: at once, when somebody answers, or when somebody accepts. */
  readonly holdFrom: 'dial' | 'answer' | 'accept';
  /** Attempts of the whole transfer, redirects included. */
  readonly maxAttempts: number;
}

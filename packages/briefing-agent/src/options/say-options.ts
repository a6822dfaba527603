/** Bounds of one fixed sentence. */
export interface SayOptions {
  /** Default `limits.sayMs`. */
  limitMs?: number;
  signal?: AbortSignal;
  /**
   * For a message to a mailbox: first waits for its beep, unless that has been heard already; at most `machine.beepMs`,
   * which is not part of `limitMs`. See `machine.listenForBeep`. Default false.
   */
  afterBeep?: boolean;
}

/** Options of one fixed sentence. */
export interface SayOptions {
  /** How long the sentence may take, in milliseconds. Default `limits.sayMs`. */
  timeoutMs?: number;
  /** Stops the sentence when aborted. */
  signal?: AbortSignal;
  /**
   * Whether to wait for the beep of a voicemail first, unless it has been heard already. That takes at most
   * `voicemail.beepTimeoutMs`, which is not part of `timeoutMs`. See `voicemail.listenForBeep`. Default false.
   */
  afterBeep?: boolean;
}

/** The options of an operation that can be canceled. */
export interface SignalOptions {
  /** Cancels the operation when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

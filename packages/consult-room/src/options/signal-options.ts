export interface Cancelable {
  readonly signal?: AbortSignal | undefined;
}

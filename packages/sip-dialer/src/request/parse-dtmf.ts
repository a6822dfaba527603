export interface DtmfPlan {
  /** As the gateway reads it: it knows the letters in lower case only, and plays silence for any other. */
  readonly keys: string;
  /** How long the gateway takes to play it. */
  readonly durationMs: number;
}

/** The gateway plays 250 ms of tone and 250 ms of silence, each rounded up to its frames of 20 ms. */
const keyMs = 520;
const waitMs = 500;
/** How long the gateway takes for one key or wait; a key that comes sooner runs into the one before. */
export function dtmfStepMs(key: string): number {
  return key === 'w' ? waitMs : keyMs;
}

/** Reads keys, of which none has to be one that the gateway knows. */
export function parseDtmf(text: string): DtmfPlan {
  const keys = text.replaceAll(/[\s.-]/g, '').toLowerCase();
  return { keys, durationMs: Array.from(keys).reduce((sum, key) => sum + dtmfStepMs(key), 0) };
}

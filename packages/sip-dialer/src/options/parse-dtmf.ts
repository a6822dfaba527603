export interface DtmfPlan {
  /** In the gateway's form: it plays silence for every character but digits, `*`, `#` and `a-d` in lower case. */
  readonly keys: string;
  /** How long the gateway takes to play it. */
  readonly durationMs: number;
}

/** The gateway plays 250 ms of tone and 250 ms of silence, each rounded up to its frames of 20 ms. */
const keyMs = 520;
/** A key from the room is a sequence of its own, whose end the gateway sees one frame later. */
const roomKeyMs = 540;
const waitMs = 500;

/** Returns how long the gateway takes to play a key sent from the room, or a wait, in milliseconds. It delays a key that comes sooner. */
export function roomKeyStepMs(key: string): number {
  return key === 'w' ? waitMs : roomKeyMs;
}

/** Parses keys without validating them. */
export function parseDtmf(text: string): DtmfPlan {
  const keys = text.replaceAll(/[\s.-]/g, '').toLowerCase();
  return { keys, durationMs: Array.from(keys).reduce((sum, key) => sum + (key === 'w' ? waitMs : keyMs), 0) };
}

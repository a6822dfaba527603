export interface DtmfPlan {
  /** As the gateway reads it: it knows the letters in lower case only, and plays silence for any other. */
  readonly keys: string;
  /** How long the gateway takes to play it. */
  readonly durationMs: number;
}

/** The gateway plays 250 ms of tone and 250 ms of silence, each rounded up to its frames of 20 ms. */
const keyMs = 520;
/** A key from the room is a string of its own, of which the gateway sees the end one frame later. */
const roomKeyMs = 540;
const waitMs = 500;

/** How long the gateway takes for a key that is sent from the room, or for a wait; a key that comes sooner is played later. */
export function roomKeyStepMs(key: string): number {
  return key === 'w' ? waitMs : roomKeyMs;
}

/** Reads keys, of which none has to be one that the gateway knows. */
export function parseDtmf(text: string): DtmfPlan {
  const keys = text.replaceAll(/[\s.-]/g, '').toLowerCase();
  return { keys, durationMs: Array.from(keys).reduce((sum, key) => sum + (key === 'w' ? waitMs : keyMs), 0) };
}

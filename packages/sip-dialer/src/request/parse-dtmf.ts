import { requireThat } from './check-option.js';

export interface DtmfPlan {
  /** As the gateway reads it: it knows the letters in lower case only, and plays silence for any other. */
  readonly keys: string;
  /** How long the gateway takes to play it. */
  readonly durationMs: number;
}

/** The gateway plays 250 ms of tone and 250 ms of silence, each rounded up to its frames of 20 ms. */
const keyMs = 520;
const waitMs = 500;
/** All of one string, in milliseconds: the phone cannot be hung up before the end of it. */
const longestMs = 120_000;

/** How long the gateway takes for one key or wait; a key that comes sooner runs into the one before. */
export function dtmfStepMs(key: string): number {
  return key === 'w' ? waitMs : keyMs;
}

export function parseDtmf(dtmf: string, option = 'dtmf'): DtmfPlan {
  const keys = typeof dtmf === 'string' ? dtmf.replaceAll(/[\s.-]/g, '').toLowerCase() : '';
  requireThat(/^[0-9*#a-dw]+$/.test(keys), option, 'a string of 0-9, *, #, A-D and w (waits 0.5 s)');
  const durationMs = Array.from(keys).reduce((sum, key) => sum + dtmfStepMs(key), 0);
  requireThat(
    durationMs <= longestMs,
    option,
    `played in at most ${longestMs / 1000} s: a key takes 0.52 s, a w 0.5 s`,
  );
  return { keys, durationMs };
}

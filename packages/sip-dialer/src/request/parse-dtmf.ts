import { type OptionCheck, problem, shownByKind } from '@org/support';

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

/** Keys to press, as a string. */
export const dtmf: OptionCheck = (value, option) => {
  if (value === undefined) return [];
  const keys = typeof value === 'string' ? plainKeys(value) : '';
  if (!/^[0-9*#a-dw]+$/.test(keys)) {
    return [problem(option, `must be a string of 0-9, *, #, A-D and w (waits 0.5 s), not ${shownByKind(value)}`)];
  }
  const isLong = durationOf(keys) > longestMs;
  const allowed = `must be played in at most ${longestMs / 1000} s: a key takes 0.52 s, a w 0.5 s`;
  return isLong ? [problem(option, allowed)] : [];
};

function plainKeys(text: string): string {
  return text.replaceAll(/[\s.-]/g, '').toLowerCase();
}

function durationOf(keys: string): number {
  return Array.from(keys).reduce((sum, key) => sum + dtmfStepMs(key), 0);
}

/** Reads keys that have been checked. */
export function parseDtmf(text: string): DtmfPlan {
  const keys = plainKeys(text);
  return { keys, durationMs: durationOf(keys) };
}

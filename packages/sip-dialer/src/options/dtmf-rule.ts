import { type OptionCheck, problem, shownByKind } from '@org/support';
import { parseDtmf } from './parse-dtmf.js';

/** For one string, in milliseconds: the phone cannot be hung up while it is played. */
const longestMs = 120_000;

/** DTMF to send, as a string. */
export const dtmf: OptionCheck = (value, option) => {
  if (value === undefined) return [];
  const { keys, durationMs } = parseDtmf(typeof value === 'string' ? value : '');
  if (!/^[0-9*#a-dw]+$/.test(keys)) {
    return [problem(option, `must be a string of 0-9, *, #, A-D and w (waits 0.5 s), not ${shownByKind(value)}`)];
  }
  const allowed = `must be played in at most ${longestMs / 1000} s: a key takes 0.52 s, a w 0.5 s`;
  return durationMs > longestMs ? [problem(option, allowed)] : [];
};

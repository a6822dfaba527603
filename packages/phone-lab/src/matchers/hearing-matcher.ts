import type { HeardOptions } from '../ears/ear.js';
import { PhoneLabError } from '../phone-lab-error.js';
import { toSignature, type Signature } from '../tones/signature.js';
import { drawTimeline } from './draw-timeline.js';
import { listenerOf } from './listener.js';

/** What a matcher tells the test runner. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Least time that counts as heard, and the width of the windows in which it is measured. */
const windowMs = 100;

/** Passes when the listener heard the party for as long as `forMs` says, in the range. */
export function toHear(received: unknown, what: number | Signature, options: HeardOptions = {}): MatcherResult {
  return judge(received, what, options, true);
}

/** Passes when the listener heard the party for less than `forMs`. An ear without any track passes: it heard nobody. */
export function notToHear(received: unknown, what: number | Signature, options: HeardOptions = {}): MatcherResult {
  return judge(received, what, options, false);
}

function judge(
  received: unknown,
  what: number | Signature,
  { forMs = windowMs, ...range }: HeardOptions,
  wanted: boolean,
): MatcherResult {
  const { name, ear } = listenerOf(received);
  const signature = toSignature(what);
  if (!(forMs > 0)) throw new PhoneLabError('invalid-option', `forMs must be more than 0, not ${forMs}`);
  if ((range.from ?? -Infinity) >= (range.to ?? Infinity)) {
    throw new PhoneLabError('invalid-option', `from (${range.from}) must be before to (${range.to})`);
  }
  const heardMs = ear.heardMs(signature, range);
  const heard = heardMs >= forMs;
  const whom = range.publisher === undefined ? '' : ` from ${range.publisher}`;
  return {
    pass: heard === wanted,
    message: () => {
      const expected = heard
        ? `expected ${name} not to hear ${signature.name}${whom} for ${forMs} ms or more`
        : `expected ${name} to hear ${signature.name}${whom} for at least ${forMs} ms`;
      return `${expected}; it sounded for ${heardMs} ms\n\n${drawTimeline(ear, signature, range)}\n`;
    },
  };
}

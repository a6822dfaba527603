import { anySound, drawTimeline } from '../ears/draw-timeline.js';
import { EAR_SAMPLE_RATE, type Ear, type HeardGap, type HeardOptions, type HeardRange } from '../ears/ear.js';
import { PhoneLabError } from '../phone-lab-error.js';
import { findGaps, gapDefaults, type GapOptions } from '../tones/find-gaps.js';
import { toSignature, type Signature } from '../tones/signature.js';
import { joinPcm, silencePcm } from '../tones/tone-generator.js';
import { drawLeaks } from './draw-leaks.js';
import { listenerOf } from './listener.js';

/** The result of a matcher for the test runner. */
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

/**
 * Passes when the party leaked into no track that the listener heard (see `ear.leaks()`), or, with `forMs`, when it was heard
 * for less than that. An ear without any track passes.
 */
export function notToHear(received: unknown, what: number | Signature, options: HeardOptions = {}): MatcherResult {
  return options.forMs === undefined ? judgeLeaks(received, what, options) : judge(received, what, options, false);
}

function judgeLeaks(received: unknown, what: number | Signature, range: HeardRange): MatcherResult {
  const { name, ear } = listenerOf(received);
  const signature = toSignature(what);
  checkRange(range);
  const leaks = ear.leaks(signature, range);
  const whom = range.publisher === undefined ? '' : ` from ${range.publisher}`;
  return {
    pass: leaks.length === 0,
    message: () => {
      const picture = drawTimeline(ear, signature, range);
      if (leaks.length === 0) return `expected ${name} to hear ${signature.name}${whom}; it did not\n\n${picture}\n`;
      const start = range.from ?? Math.min(...ear.tracks.map(({ startsAt }) => startsAt));
      return `expected ${name} not to hear ${signature.name}${whom}; ${drawLeaks(leaks, start)}\n\n${picture}\n`;
    },
  };
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
  checkRange(range);
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

/** Passes when something sounds all through the range: silence at its beginning and end is a gap as well. */
export function toHearWithoutGaps(received: unknown, options: GapOptions & HeardRange = {}): MatcherResult {
  const { name, ear } = listenerOf(received);
  checkRange(options);
  const minMs = options.minMs ?? gapDefaults.minMs;
  const gaps = gapsThroughout(ear, options);
  return {
    pass: gaps.length === 0,
    message: () => {
      const first = ear.timeline([], windowMs, options)[0]?.at ?? options.from ?? 0;
      const list = gaps
        .slice(0, 10)
        .map(({ at, lengthMs }) => `${Math.round(lengthMs)} ms at ${Math.round(at - first)} ms`);
      const found = gaps.length === 0 ? 'it has none' : `it has ${gaps.length}: ${list.join(', ')}`;
      const wanted = gaps.length === 0 ? 'a gap' : 'no gap';
      return `expected ${name} to hear ${wanted} of ${minMs} ms or more; ${found}\n\n${drawTimeline(ear, anySound, options)}\n`;
    },
  };
}

function gapsThroughout(ear: Ear, options: GapOptions & HeardRange): HeardGap[] {
  const heard = ear.pcm(options);
  const [from, to] = [options.from ?? ear.timeline([], windowMs, options)[0]?.at ?? 0, options.to];
  const missingMs = to === undefined ? 0 : Math.max(0, to - from - (heard.length * 1000) / EAR_SAMPLE_RATE);
  const edge = Int16Array.of(32_767);
  const pcm = joinPcm(edge, heard, silencePcm(missingMs, EAR_SAMPLE_RATE), edge);
  if (heard.length === 0 && missingMs === 0) return [{ at: from, lengthMs: 0 }];
  return findGaps(pcm, EAR_SAMPLE_RATE, options).map(({ startMs, lengthMs }) => ({ at: from + startMs, lengthMs }));
}

function checkRange(range: HeardRange): void {
  if ((range.from ?? -Infinity) < (range.to ?? Infinity)) return;
  throw new PhoneLabError('invalid-option', `from (${range.from}) must be before to (${range.to})`);
}

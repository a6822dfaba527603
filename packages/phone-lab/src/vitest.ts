import { beforeEach, expect } from 'vitest';
import type { HeardOptions, HeardRange } from './ears/ear.js';
import { notToHear, toHear, toHearWithoutGaps } from './matchers/hearing-matcher.js';
import { isSuppressedError, unfoldSuppressed } from './matchers/unfold-suppressed.js';
import type { GapOptions } from './tones/find-gaps.js';
import type { Signature } from './tones/signature.js';

/** The matchers that `import '@org/phone-lab/vitest'` adds to `expect()`, for an `Ear` or a `PhoneCall`. */
export interface HearingMatchers {
  /** The tone or party was heard for at least `forMs` (default 100), in the range. Fails with a timeline of the heard audio. */
  toHear(what: number | Signature, options?: HeardOptions): void;
  /**
   * The tone or party leaked into no track in the range, not even a whisper (see `ear.leaks()`); with `forMs`, it was heard for
   * less than that. Fails with each leak, its track, time, level and length, and a timeline of the heard audio.
   */
  notToHear(what: number | Signature, options?: HeardOptions): void;
  /** Something sounded all through the range, without silence of `minMs` (default 40) or longer. Fails with the gaps. */
  toHearWithoutGaps(options?: GapOptions & HeardRange): void;
}

declare module 'vitest' {
  // Its type parameter has to be that of vitest's own declaration.
  interface Matchers<T> extends HearingMatchers {}
}

expect.extend({ toHear, notToHear, toHearWithoutGaps });

// With `await using`, a failed test whose lab finds something left behind throws one SuppressedError without a message.
beforeEach(({ onTestFailed }) => {
  onTestFailed(({ task: { result } }) => {
    const { errors = [] } = result ?? {};
    const folded = errors.filter(isSuppressedError);
    if (!result || folded.length === 0) return;
    result.errors = errors.filter((error) => !isSuppressedError(error));
    // vitest shows each of them as an error of the test, with its difference.
    throw new AggregateError(folded.flatMap(unfoldSuppressed));
  });
});

export { notToHear, toHear, toHearWithoutGaps, type GapOptions, type HeardOptions, type HeardRange, type Signature };

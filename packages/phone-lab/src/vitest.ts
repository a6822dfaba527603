import { expect } from 'vitest';
import type { HeardOptions } from './ears/ear.js';
import { notToHear, toHear } from './matchers/hearing-matcher.js';
import type { Signature } from './tones/signature.js';

/** What `import '@org/phone-lab/vitest'` adds to `expect()`, for an `Ear` or a `PhoneCall`. */
export interface HearingMatchers {
  /** The tone or party was heard for at least `forMs` (default 100), in the range. Fails with a timeline of what was heard. */
  toHear(what: number | Signature, options?: HeardOptions): void;
  /** The tone or party was heard for less than `forMs` (default 100), in the range. Fails with a timeline of what was heard. */
  notToHear(what: number | Signature, options?: HeardOptions): void;
}

declare module 'vitest' {
  // Its type parameter has to be that of vitest's own declaration.
  interface Matchers<T> extends HearingMatchers {}
}

expect.extend({ toHear, notToHear });

export { notToHear, toHear, type HeardOptions, type Signature };

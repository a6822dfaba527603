import * as fc from 'fast-check';
import { test } from 'vitest';
import { anyCourse, playCourse } from './any-order.js';

test(
  'in a million orders of events there is one outcome, one request at most, and nothing left',
  async () => {
    const property = fc.asyncProperty(anyCourse, (course) => playCourse(course));
    await fc.assert(property, { numRuns: 1_000_000, endOnFailure: true });
  },
  4 * 3_600_000,
);

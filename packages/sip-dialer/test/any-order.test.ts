import * as fc from 'fast-check';
import { test } from 'vitest';
import { anyCourse, playCourse } from './any-order.js';

test('in any order of events there is one outcome, one request at most, and nothing left', async () => {
  await fc.assert(fc.asyncProperty(anyCourse, playCourse), { numRuns: 10_000, endOnFailure: true });
}, 120_000);

import * as fc from 'fast-check';
import { test } from 'vitest';
import { anyCourse, playCourse } from '../support/any-order.js';
import { playAnyTransfers } from '../support/any-transfer.js';

test('in 10,000 transfers there is one result in time, one request at most, and no timer left', async () => {
  await playAnyTransfers(10_000);
}, 600_000);

test(
  'in a million orders of events there is one outcome, one request at most, and nothing left',
  async () => {
    const property = fc.asyncProperty(anyCourse, (course) => playCourse(course));
    await fc.assert(property, { numRuns: 1_000_000, endOnFailure: true });
  },
  4 * 3_600_000,
);

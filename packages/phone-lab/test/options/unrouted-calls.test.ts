import { expect, test } from 'vitest';
import { checkLabOptions } from '../../src/options/lab-options.js';
import { unroutedCallsOf } from '../../src/options/unrouted-calls.js';

test.each([
  [undefined, 'ring'],
  ['1.13.5', 'ring'],
  ['1.13.7', 'ring'],
  ['1.13.8', 'reject'],
  ['1.13.11', 'reject'],
  ['1.14.0', 'reject'],
])('the default of unroutedCalls for a server of version %s is %s', (version, what) => {
  expect(unroutedCallsOf(version)).toBe(what);
});

test.each<[object, RegExp]>([
  [{ unroutedCalls: 'drop' }, /^unroutedCalls must be ring or reject, not drop$/],
  [{ cloud: 'yes' }, /^cloud must be true, false or an object, not yes$/],
  [{ cloud: { noResponseMs: -1 } }, /^cloud\.noResponseMs must be 0 or more, not -1$/],
  [{ cloud: { listingLagMs: Number.NaN } }, /^cloud\.listingLagMs must be 0 or more, not NaN$/],
])('a lab rejects the options %j by name', (options, message) => {
  expect(() => checkLabOptions(options)).toThrow(message);
});

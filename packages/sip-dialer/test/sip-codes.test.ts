import { expect, test } from 'vitest';
import { judgeSipCode } from '../src/outcome/sip-codes.js';

test.each([
  [486, 'busy', true],
  [600, 'busy', true],
  [603, 'declined', false],
  [403, 'trunk-rejected', false],
  [404, 'invalid-number', false],
  [410, 'invalid-number', false],
  [484, 'invalid-number', false],
  [480, 'no-answer', true],
  [408, 'no-answer', true],
  [488, 'failed', false],
  [487, 'failed', true],
  [500, 'failed', true],
  [503, 'unreachable', true],
])('SIP %i is %s, retryable: %s', (code, status, retryable) => {
  expect(judgeSipCode(code)).toEqual({ status, retryable });
});

test.each([
  [302, 'failed', false],
  [499, 'failed', false],
  [599, 'failed', true],
  [699, 'declined', false],
  [42, 'failed', false],
])('a code that no table knows, %i, falls to its class: %s', (code, status, retryable) => {
  expect(judgeSipCode(code)).toEqual({ status, retryable });
});

import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { recognizeFailure } from '../src/api/api-failure.js';
import { createRedactor } from '../src/api/redactor.js';
import { sipRejection } from '../src/testing/scripted-failures.js';
import { fakeToken } from './scripted-world.js';

const redact = createRedactor(['top-secret', '+15550100', 'consult-7', undefined, '']);

test('an error that is shown to others holds nothing that it was told not to', () => {
  const thrown = Object.assign(new Error(`+15550100 in consult-7 with top-secret and ${fakeToken}`), {
    status: 500,
    code: 'internal',
    cause: new Error('top-secret'),
    metadata: { token: fakeToken },
  });
  const { kind, error } = recognizeFailure(thrown, redact);
  expect(kind).toBe('unsure');
  const shown = inspect(error, { depth: 9, showHidden: true });
  expect(shown).toContain('[redacted] in [redacted] with [redacted] and [token]');
  expect(shown).not.toMatch(/top-secret|5550100|consult-7|eyJ/);
});

test('the longer of two overlapping secrets is taken out whole', () => {
  expect(createRedactor(['abc', 'abcdef'])('x abcdef y')).toBe('x [redacted] y');
});

test('an error of another copy of the SDK is recognized by its shape', () => {
  const { status, code, metadata, message } = sipRejection(486).error as unknown as Record<string, unknown>;
  const copy = { status, code, metadata, message };
  expect(recognizeFailure(copy, redact)).toMatchObject({
    kind: 'sip',
    error: { sipStatusCode: 486, sipStatus: 'Busy Here' },
  });
});

test.each<[kind: string, thrown: unknown]>([
  ['refused', Object.assign(new Error('x'), { status: 404, code: 'not_found' })],
  ['unsure', Object.assign(new Error('x'), { status: 408, code: 'deadline_exceeded' })],
  ['gave-up', Object.assign(new Error('x'), { status: 408, code: 'canceled' })],
  ['unsent', new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })],
  ['lost', new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })],
  ['lost', new DOMException('The operation was aborted due to timeout', 'TimeoutError')],
  ['lost', 'a string'],
])('%s: %s', (kind, thrown) => {
  expect(recognizeFailure(thrown, redact).kind).toBe(kind);
});

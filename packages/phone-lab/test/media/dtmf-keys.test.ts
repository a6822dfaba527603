import { expect, test } from 'vitest';
import { keyToCode } from '../../src/media/dtmf-keys.js';

test('every key has its RTP event code', () => {
  expect(Array.from('0123456789*#ABCD', keyToCode)).toEqual(Array.from({ length: 16 }, (_, code) => code));
});

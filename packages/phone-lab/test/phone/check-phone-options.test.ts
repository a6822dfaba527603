import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkPhoneOptions } from '../../src/phone/check-phone-options.js';
import type { PhoneOptions } from '../../src/index.js';

afterEach(() => vi.unstubAllEnvs());

describe('a phone is rejected', () => {
  test.each([
    [{ speech: { words: 'klingon' } }, 'speech.words must be syllables, espeak-ng, auto, not klingon'],
    [{ speech: { seed: 0.5 } }, 'speech.seed must be a whole number, not 0.5'],
    [{ speech: { levelDbfs: 0 } }, 'speech.levelDbfs must be -50 to -6 dBFS, not 0'],
    [{ line: { codec: 'gsm' } }, 'line.codec must be opus, pcmu or pcma, not gsm'],
  ])('with %j', (options, message) => {
    expect(() => checkPhoneOptions(options as PhoneOptions)).toThrow(
      expect.objectContaining({ code: 'invalid-option', message }),
    );
  });

  test('if it wants espeak-ng where it is not installed, and not if it takes what there is', () => {
    vi.stubEnv('PATH', '/no/such/folder');
    expect(() => checkPhoneOptions({ speech: { words: 'espeak-ng' } })).toThrow(/no espeak-ng is on the PATH/);
    expect(() => checkPhoneOptions({ speech: { words: 'auto' } })).not.toThrow();
  });
});

import { expect, test } from 'vitest';
import { MB, expectBearsDamage, resultOf, short } from '../support/damaged-wavs.js';
import { leastBlockMs } from '../support/main-cpu.js';
import { dataChunk, formatChunk, riff } from '../support/make-wav.js';

test('1,000 damaged files decode or are rejected; none crashes, hangs or grows', () => expectBearsDamage(1000), 60_000);

test.each<[string, () => Uint8Array, string]>([
  [
    'zeros',
    () =>
      riff([
        { name: 'LIST', body: new Uint8Array(0) },
        { name: '\0\0\0\0', body: new Uint8Array(32 * MB) },
      ]),
    'source-corrupt',
  ],
  [
    'empty chunks',
    () => riff(Array.from({ length: 200_000 }, () => ({ name: 'junk', body: new Uint8Array(0) }))),
    'source-corrupt',
  ],
  [
    'minutes of audio ahead of their format',
    () => riff([dataChunk({ ...short, seconds: 60 }), formatChunk(short)]),
    'decoded',
  ],
  [
    'a rate that shares no divisor with 48 kHz',
    () => riff([formatChunk({ ...short, sampleRate: 8009 }), dataChunk({ ...short, seconds: 20 })]),
    'decoded',
  ],
])(
  'a WAV of %s does not hold the event loop',
  async (_, make, result) => {
    const bytes = make();
    const decode = async (): Promise<void> => expect(await resultOf(bytes, 64 * 1024)).toBe(result);
    // Wanted: 20 ms.
    expect(await leastBlockMs(100, decode)).toBeLessThan(100);
  },
  120_000,
);

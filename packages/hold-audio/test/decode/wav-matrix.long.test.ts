import { expect, test } from 'vitest';
import { decodeWav } from '../../src/decode/decode-wav.js';
import { expectFaithful, sampleRates } from '../support/faithful-wav.js';
import { makeWav, sampleFormats, sine } from '../support/make-wav.js';

const kinds = sampleFormats.flatMap((format) =>
  sampleRates.flatMap((sampleRate) =>
    ([1, 2] as const).flatMap((channels) =>
      [false, true].map((extensible) => ({ format, sampleRate, channels, extensible })),
    ),
  ),
);

test.each(kinds)(
  'a WAV of $format at $sampleRate Hz, channels: $channels, extensible: $extensible, keeps length, pitch and level',
  expectFaithful,
);

test('a WAV of more than ten minutes is rejected by default', async () => {
  const seconds = new Uint8Array(48_000 * 2 * 10);
  const header = makeWav({ sampleRate: 48_000, seconds: 0, signal: sine(1) });
  new DataView(header.buffer).setUint32(40, 0xffff_ffff, true);
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield header;
    for (;;) yield seconds;
  }
  await expect(decodeWav(endless())).rejects.toMatchObject({ code: 'source-too-large' });
});

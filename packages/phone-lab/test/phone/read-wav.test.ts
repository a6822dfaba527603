import { expect, test } from 'vitest';
import { wavFile } from '../../src/media/write-wav.js';
import { readWav } from '../../src/phone/read-wav.js';

/** A WAV file of this format; `data` as it stands in the file. */
function wav(format: number, bits: number, data: Uint8Array, { channels = 1, extensible = false } = {}): Uint8Array {
  const formatSize = extensible ? 40 : 16;
  const file = new Uint8Array(12 + 8 + formatSize + 10 + 8 + data.length);
  const view = new DataView(file.buffer);
  const text = (at: number, value: string) => new TextEncoder().encodeInto(value, file.subarray(at));
  text(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, formatSize, true);
  view.setUint16(20, extensible ? 0xfffe : format, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 8000, true);
  view.setUint16(34, bits, true);
  if (extensible) view.setUint16(44, format, true);
  // A chunk that is no audio, of an odd length and so padded.
  const after = 20 + formatSize;
  text(after, 'note');
  view.setUint32(after + 4, 1, true);
  text(after + 10, 'data');
  view.setUint32(after + 14, data.length, true);
  file.set(data, after + 18);
  return file;
}

const bytesOf = (view: { readonly buffer: ArrayBufferLike }) => new Uint8Array(view.buffer);

test.each([
  ['8-bit PCM', 1, 8, Uint8Array.of(128, 255, 0), [0, 32_512, -32_768]],
  ['16-bit PCM', 1, 16, bytesOf(Int16Array.of(0, 1000, -32_768)), [0, 1000, -32_768]],
  ['24-bit PCM', 1, 24, Uint8Array.of(0, 0, 0, 9, 0xe8, 0x03, 0, 0, 0x80), [0, 1000, -32_768]],
  ['32-bit PCM', 1, 32, bytesOf(Int32Array.of(0, 1000 << 16, -(2 ** 31))), [0, 1000, -32_768]],
  ['32-bit float', 3, 32, bytesOf(Float32Array.of(0, 0.5, -1, 2)), [0, 16_384, -32_767, 32_767]],
  ['µ-law', 7, 8, Uint8Array.of(0xff, 0x80, 0x00), [0, 32_124, -32_124]],
  ['A-law', 6, 8, Uint8Array.of(0xd5, 0xaa, 0x2a), [8, 32_256, -32_256]],
])('%s is read', (_, format, bits, data, samples) => {
  for (const extensible of [false, true]) {
    const piece = readWav(wav(format, bits, data, { extensible }));
    expect(piece).toMatchObject({ sampleRate: 8000, channels: 1 });
    expect([...piece.data]).toEqual(samples);
  }
});

test('the file that an ear writes is read back, and channels stay side by side', () => {
  const pcm = Int16Array.of(1, -2, 3, -4);
  expect(readWav(wavFile(pcm, 16_000))).toEqual({ data: pcm, sampleRate: 16_000, channels: 1 });
  expect(readWav(wav(1, 16, bytesOf(pcm), { channels: 2 }))).toMatchObject({ data: pcm, channels: 2 });
});

test('a file that was written as a stream is read to its end', () => {
  const file = wavFile(Int16Array.of(5, 6), 16_000);
  new DataView(file.buffer).setUint32(40, 0xffff_ffff, true);
  expect([...readWav(file).data]).toEqual([5, 6]);
});

test('what is no WAV file, or one that cannot be played, is refused with the reason', () => {
  expect(() => readWav(new Uint8Array(100))).toThrow(/it is no WAV file/);
  expect(() => readWav(wav(85, 16, new Uint8Array(4)))).toThrow(/format 85 with 16 bits and 1 channels is not known/);
  expect(() => readWav(wavFile(new Int16Array(), 8000).subarray(0, 36))).toThrow(/it holds no audio/);
});

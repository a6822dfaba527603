import { HoldAudioError } from '../hold-audio-error.js';
import { A_LAW, MU_LAW } from './g711.js';

/** Decodes one sample at a byte offset to -1..1. */
export interface SampleFormat {
  readonly bytes: number;
  decode(view: DataView, offset: number, littleEndian: boolean): number;
}

/** WAVE_FORMAT_EXTENSIBLE: the real tag is in the first two bytes of the sub-format's GUID. */
export const EXTENSIBLE_TAG = 0xfffe;

const PCM_TAG = 1;
const FLOAT_TAG = 3;
const A_LAW_TAG = 6;
const MU_LAW_TAG = 7;

/** Names of encodings in messages, also of those that are not decoded. */
const tagNames: ReadonlyMap<number, string> = new Map([
  [PCM_TAG, 'PCM'],
  [2, 'Microsoft ADPCM'],
  [FLOAT_TAG, 'float'],
  [A_LAW_TAG, 'A-law'],
  [MU_LAW_TAG, 'µ-law'],
  [0x11, 'IMA ADPCM'],
  [0x31, 'GSM 6.10'],
  [0x55, 'MP3'],
]);

/** Eight bits are unsigned, with silence at 128; the wider ones are signed. */
const pcm8: SampleFormat = {
  bytes: 1,
  decode: (view, offset) => (view.getUint8(offset) - 128) / 128,
};

const pcm16: SampleFormat = {
  bytes: 2,
  decode: (view, offset, littleEndian) => view.getInt16(offset, littleEndian) / 32_768,
};

const pcm24: SampleFormat = {
  bytes: 3,
  decode: (view, offset, littleEndian) => {
    const [upper, lowest] = littleEndian ? [offset + 1, offset] : [offset, offset + 2];
    return (view.getInt16(upper, littleEndian) * 256 + view.getUint8(lowest)) / 8_388_608;
  },
};

const pcm32: SampleFormat = {
  bytes: 4,
  decode: (view, offset, littleEndian) => view.getInt32(offset, littleEndian) / 2_147_483_648,
};

const float32: SampleFormat = {
  bytes: 4,
  decode: (view, offset, littleEndian) => {
    const sample = view.getFloat32(offset, littleEndian);
    // Not a number, or far beyond full scale: not to be played.
    return sample >= -1 && sample <= 1 ? sample : Number.isNaN(sample) ? 0 : Math.sign(sample);
  },
};

const byTable = (table: Float32Array): SampleFormat => ({
  bytes: 1,
  decode: (view, offset) => table[view.getUint8(offset)] as number,
});

const formats: ReadonlyMap<string, SampleFormat> = new Map([
  [`${PCM_TAG}/8`, pcm8],
  [`${PCM_TAG}/16`, pcm16],
  [`${PCM_TAG}/24`, pcm24],
  [`${PCM_TAG}/32`, pcm32],
  [`${FLOAT_TAG}/32`, float32],
  [`${A_LAW_TAG}/8`, byTable(A_LAW)],
  [`${MU_LAW_TAG}/8`, byTable(MU_LAW)],
]);

/**
 * Returns the decoder for an encoding of the `fmt` chunk, whose samples take `containerBytes` each.
 *
 * PCM samples fill the upper bits of their container (20 bits in three bytes, 24 in four), so they decode as samples of
 * the container's width.
 *
 * @throws HoldAudioError `source-unsupported`, with the encoding's name.
 */
export function sampleFormat(tag: number, bits: number, containerBytes: number): SampleFormat {
  const width = tag === PCM_TAG ? 8 * Math.max(Math.ceil(bits / 8), containerBytes) : bits;
  const format = formats.get(`${tag}/${width}`);
  if (format !== undefined) return format;
  const name = tagNames.get(tag) ?? `format tag ${tag}`;
  throw new HoldAudioError(
    'source-unsupported',
    `WAV with ${bits}-bit ${name} samples is not supported; convert it to 16-bit PCM`,
  );
}

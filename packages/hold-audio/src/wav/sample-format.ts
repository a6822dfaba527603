import { HoldAudioError } from '../hold-audio-error.js';

/** Decodes one sample at a byte offset to -1..1. */
export interface SampleFormat {
  readonly bytes: number;
  decode(view: DataView, offset: number): number;
}

/** WAVE_FORMAT_EXTENSIBLE: the real tag stands in the first two bytes of the sub-format's GUID. */
export const EXTENSIBLE_TAG = 0xfffe;

const PCM_TAG = 1;
const FLOAT_TAG = 3;

/** Encodings by their names in messages, for those that are known but not decoded. */
const tagNames: ReadonlyMap<number, string> = new Map([
  [PCM_TAG, 'PCM'],
  [2, 'Microsoft ADPCM'],
  [FLOAT_TAG, 'float'],
  [6, 'A-law'],
  [7, 'µ-law'],
  [0x11, 'IMA ADPCM'],
  [0x31, 'GSM 6.10'],
  [0x55, 'MP3'],
]);

const pcm16: SampleFormat = {
  bytes: 2,
  decode: (view, offset) => view.getInt16(offset, true) / 32_768,
};

const float32: SampleFormat = {
  bytes: 4,
  decode: (view, offset) => {
    const sample = view.getFloat32(offset, true);
    // Not a number, or far beyond full scale: nothing that a loudspeaker should be asked to play.
    return sample >= -1 && sample <= 1 ? sample : Number.isNaN(sample) ? 0 : Math.sign(sample);
  },
};

const formats: ReadonlyMap<string, SampleFormat> = new Map([
  [`${PCM_TAG}/16`, pcm16],
  [`${FLOAT_TAG}/32`, float32],
]);

/** The decoder for an encoding of the `fmt` chunk; refuses by name what there is none for. */
export function sampleFormat(tag: number, bits: number): SampleFormat {
  const format = formats.get(`${tag}/${bits}`);
  if (format !== undefined) return format;
  const name = tagNames.get(tag) ?? `format tag ${tag}`;
  throw new HoldAudioError(
    'source-unsupported',
    `WAV with ${bits}-bit ${name} samples is not supported by this version; convert it to 16-bit PCM or 32-bit float`,
  );
}

import { HoldAudioError } from '../hold-audio-error.js';
import { EXTENSIBLE_TAG, type SampleFormat, sampleFormat } from './sample-format.js';

/** Bytes of an extensible format up to the tag inside the sub-format's GUID. */
const EXTENSIBLE_BYTES = 26;
const MIN_RATE = 8000;
const MAX_RATE = 96_000;
const MAX_CHANNELS = 2;

/** The part of the `fmt` chunk that decoding needs. */
export interface WavFormat {
  readonly sampleRate: number;
  readonly channels: number;
  readonly sample: SampleFormat;
}

/** Parses the body of a `fmt` chunk; throws if it cannot be decoded. */
export function parseWavFormat(body: Uint8Array, littleEndian: boolean): WavFormat {
  if (body.length < 16) throw new HoldAudioError('source-corrupt', 'the WAV has a "fmt " chunk of fewer than 16 bytes');
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const tag = view.getUint16(0, littleEndian);
  const channels = view.getUint16(2, littleEndian);
  const sampleRate = view.getUint32(4, littleEndian);
  const frameBytes = view.getUint16(12, littleEndian);
  const bits = view.getUint16(14, littleEndian);
  const extended = tag === EXTENSIBLE_TAG;
  if (extended && body.length < EXTENSIBLE_BYTES) {
    throw new HoldAudioError('source-corrupt', `the WAV's extensible format has fewer than ${EXTENSIBLE_BYTES} bytes`);
  }
  if (channels < 1 || channels > MAX_CHANNELS) {
    throw new HoldAudioError('source-unsupported', `WAV with ${channels} channels is not supported; allowed: 1 or 2`);
  }
  // Some writers omit the size of a frame, or count one channel only: then the bits decide.
  const containerBytes = frameBytes % channels === 0 ? frameBytes / channels : 0;
  const sample = sampleFormat(extended ? view.getUint16(24, littleEndian) : tag, bits, containerBytes);
  if (sampleRate < MIN_RATE || sampleRate > MAX_RATE) {
    throw new HoldAudioError(
      'source-unsupported',
      `WAV at ${sampleRate} Hz is not supported; allowed: ${MIN_RATE} to ${MAX_RATE} Hz`,
    );
  }
  return { sampleRate, channels, sample };
}

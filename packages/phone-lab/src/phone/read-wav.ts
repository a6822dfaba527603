import { decodeG711 } from '../media/g711.js';
import { PhoneLabError } from '../phone-lab-error.js';
import type { AudioPiece } from './playable-audio.js';

/** Format codes of WAV files. */
const [PCM, FLOAT, A_LAW, MU_LAW, EXTENSIBLE] = [1, 3, 6, 7, 0xfffe];

/** How samples of a format and width are read, as 16 bit. */
type Reader = (view: DataView, at: number) => number;

const readers: Readonly<Record<string, Reader>> = {
  [`${PCM}/8`]: (view, at) => (view.getUint8(at) - 128) * 256,
  [`${PCM}/16`]: (view, at) => view.getInt16(at, true),
  [`${PCM}/24`]: (view, at) => view.getInt16(at + 1, true),
  [`${PCM}/32`]: (view, at) => view.getInt16(at + 2, true),
  [`${FLOAT}/32`]: (view, at) => Math.max(-32_768, Math.min(32_767, Math.round(view.getFloat32(at, true) * 32_767))),
  [`${A_LAW}/8`]: (view, at) => decodeG711(view.getUint8(at), 'pcma'),
  [`${MU_LAW}/8`]: (view, at) => decodeG711(view.getUint8(at), 'pcmu'),
};

/**
 * Reads a WAV file: PCM of 8, 16, 24 and 32 bit, 32-bit float, A-law and µ-law, any number of channels. Throws
 * `invalid-option` for anything else.
 */
export function readWav(file: Uint8Array): AudioPiece {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const text = (at: number): string => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.length < 12 || text(0) !== 'RIFF' || text(8) !== 'WAVE') throw refusal('it is no WAV file');
  let format:
    | { readonly code: number; readonly channels: number; readonly sampleRate: number; readonly bits: number }
    | undefined;
  for (let at = 12; at + 8 <= file.length;) {
    const [id, size] = [text(at), view.getUint32(at + 4, true)];
    const body = at + 8;
    if (id === 'fmt ' && body + 16 <= file.length) {
      const code = view.getUint16(body, true);
      format = {
        code: code === EXTENSIBLE && size >= 26 ? view.getUint16(body + 24, true) : code,
        channels: view.getUint16(body + 2, true),
        sampleRate: view.getUint32(body + 4, true),
        bits: view.getUint16(body + 14, true),
      };
    }
    if (id === 'data' && format) {
      const { code, channels, sampleRate, bits } = format;
      const read = readers[`${code}/${bits}`];
      if (!read || channels === 0)
        throw refusal(`format ${code} with ${bits} bits and ${channels} channels is not known`);
      // The size of a file that was written as a stream is not to be trusted.
      const length = Math.floor(Math.min(size, file.length - body) / (bits / 8));
      const data = Int16Array.from({ length }, (_, i) => read(view, body + (i * bits) / 8));
      return { data, channels, sampleRate };
    }
    at = body + size + (size % 2);
  }
  throw refusal('it holds no audio');
}

function refusal(why: string): PhoneLabError {
  return new PhoneLabError('invalid-option', `cannot play this WAV file: ${why}`);
}

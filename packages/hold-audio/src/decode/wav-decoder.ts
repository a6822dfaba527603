import { HoldAudioError } from '../hold-audio-error.js';
import { Cancellation, cancelsOut } from './cancellation.js';
import { type WavFormat, parseWavFormat } from './wav-format.js';

const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
/** Bytes of a `fmt` chunk that are read; the extensible one has 40 bytes, the rest of a longer one is skipped. */
const MAX_FORMAT_BYTES = 1024;
/** Size in a file whose writer streamed and could not fill it in. */
const UNKNOWN_SIZE = 0xffff_ffff;

/** Names of common chunks. */
const knownChunks: ReadonlySet<string> = new Set(
  'fmt |data|LIST|fact|bext|cue |smpl|inst|JUNK|junk|PAD |id3 |ID3 |iXML|axml|_PMX|acid|plst|DISP|PEAK|aXML|chna|minf|elm1|regn|umid|link|levl|note|labl'.split(
    '|',
  ),
);

const text = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
const isPrintable = (name: string): boolean => /^[ -~]{4}$/.test(name);

type State =
  | { readonly in: 'riff' }
  /** `afterOdd`: a padding byte of the previous chunk may come first. */
  | { readonly in: 'chunk'; readonly afterOdd: boolean }
  | { readonly in: 'fmt'; readonly size: number }
  | { readonly in: 'skip' | 'data'; readonly left: number; readonly isOdd: boolean };

/**
 * Decodes a WAV that arrives in pieces of any size to mono samples from -1 to 1 at the file's rate.
 *
 * Chunks may come in any order, with or without the byte that pads an odd one, which may be any; numbers may be
 * little-endian (`RIFF`) or big-endian (`RIFX`). Data ahead of its format is kept until the format is known, so the
 * caller bounds the bytes and their number per push. A truncated file is decoded as far as it goes.
 */
export class WavDecoder {
  #state: State = { in: 'riff' };
  #pending: Uint8Array = new Uint8Array(0);
  /** Number of consumed bytes, and the end of the file by its header. */
  #position = 0;
  #end = 0;
  #format: WavFormat | undefined;
  #littleEndian = true;
  readonly #cancellation = new Cancellation();
  /** Audio to decode: all of it before the format is known, then at most the last push. */
  #waiting: Uint8Array[] = [];
  #partial: Uint8Array = new Uint8Array(0);
  #hadData = false;

  /** Known once the `fmt` chunk was read. */
  get format(): WavFormat | undefined {
    return this.#format;
  }

  /**
   * Takes the next bytes and yields the samples that they complete, block by block; iterate to the end before the next
   * push.
   */
  *push(bytes: Uint8Array): Generator<Float32Array, void> {
    let input = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    for (let used = this.#step(input); used !== undefined; used = this.#step(input)) {
      this.#position += used;
      yield* this.#decodeWaiting();
      input = input.subarray(used);
    }
    this.#pending = input.slice();
  }

  /** Throws if the bytes were not a WAV with audio; call it after the last push. */
  end(): void {
    if (this.#state.in === 'riff') throw notWav();
    if (this.#format === undefined) throw new HoldAudioError('source-corrupt', 'the WAV has no "fmt " chunk');
    if (!this.#hadData) throw new HoldAudioError('source-corrupt', 'the WAV has no "data" chunk');
    if (this.#cancellation.isTotal) throw cancelsOut('WAV');
  }

  /** Consumes input as the state requires and returns the number of bytes; `undefined` requests more. */
  #step(input: Uint8Array): number | undefined {
    const state = this.#state;
    switch (state.in) {
      case 'riff':
        return this.#readRiff(input);
      case 'chunk':
        return this.#readChunkHeader(input, state.afterOdd);
      case 'data':
      case 'skip': {
        const { left, isOdd } = state;
        if (left > 0 && input.length === 0) return undefined;
        const body = input.subarray(0, Math.min(left, input.length));
        if (state.in === 'data' && body.length > 0) {
          this.#waiting.push(this.#format === undefined ? body.slice() : body);
        }
        this.#state = left === 0 ? { in: 'chunk', afterOdd: isOdd } : { ...state, left: left - body.length };
        return body.length;
      }
      case 'fmt':
      default: {
        const kept = Math.min(state.size, MAX_FORMAT_BYTES);
        if (input.length < kept) return undefined;
        this.#format = parseWavFormat(input.subarray(0, kept), this.#littleEndian);
        this.#state = { in: 'skip', left: state.size - kept, isOdd: state.size % 2 === 1 };
        return kept;
      }
    }
  }

  #readRiff(input: Uint8Array): number | undefined {
    if (input.length < RIFF_HEADER_BYTES) {
      const begin = text(input, 0).slice(0, input.length);
      if (!'RIFF'.startsWith(begin) && !'RIFX'.startsWith(begin)) throw notWav();
      return undefined;
    }
    const kind = text(input, 0);
    if ((kind !== 'RIFF' && kind !== 'RIFX') || text(input, 8) !== 'WAVE') throw notWav();
    this.#littleEndian = kind === 'RIFF';
    const size = this.#sizeAt(input, 4);
    this.#end = size === UNKNOWN_SIZE ? 0 : size + CHUNK_HEADER_BYTES;
    this.#state = { in: 'chunk', afterOdd: false };
    return RIFF_HEADER_BYTES;
  }

  #sizeAt(input: Uint8Array, offset: number): number {
    return new DataView(input.buffer, input.byteOffset).getUint32(offset, this.#littleEndian);
  }

  #readChunkHeader(input: Uint8Array, afterOdd: boolean): number | undefined {
    // Some writers omit the padding byte of an odd chunk, some write it: no chunk's name begins with a zero.
    if (input[0] === 0) {
      this.#state = { in: 'chunk', afterOdd: false };
      return zeros(input);
    }
    if (input.length < CHUNK_HEADER_BYTES) return undefined;
    if (afterOdd && isPadded(input)) {
      this.#state = { in: 'chunk', afterOdd: false };
      return 1;
    }
    const size = this.#sizeAt(input, 4);
    const name = text(input, 0);
    if (name === 'fmt ' && this.#format === undefined) {
      this.#state = { in: 'fmt', size };
    } else if (name === 'data') {
      // A writer that streams leaves zero here, in a file whose header says that it ends at this chunk or before.
      const isLast = this.#position + CHUNK_HEADER_BYTES >= this.#end;
      const endless = size === UNKNOWN_SIZE || (size === 0 && isLast);
      this.#hadData = true;
      this.#partial = new Uint8Array(0);
      this.#state = { in: 'data', left: endless ? Infinity : size, isOdd: size % 2 === 1 };
    } else {
      this.#state = { in: 'skip', left: size, isOdd: size % 2 === 1 };
    }
    return CHUNK_HEADER_BYTES;
  }

  *#decodeWaiting(): Generator<Float32Array, void> {
    if (this.#format === undefined) return;
    for (const data of this.#waiting.splice(0)) yield this.#decode(data, this.#format);
  }

  #decode(data: Uint8Array, format: WavFormat): Float32Array {
    const { sample } = format;
    const frameBytes = sample.bytes * format.channels;
    const input = this.#partial.length === 0 ? data : Buffer.concat([this.#partial, data]);
    const samples = new Float32Array(Math.floor(input.length / frameBytes));
    const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
    const { channels } = format;
    for (let i = 0; i < samples.length; i += 1) {
      const first = sample.decode(view, i * frameBytes, this.#littleEndian);
      if (channels === 1) {
        samples[i] = first;
        continue;
      }
      const second = sample.decode(view, i * frameBytes + sample.bytes, this.#littleEndian);
      this.#cancellation.add(first, second);
      samples[i] = (first + second) / 2;
    }
    this.#partial = input.slice(samples.length * frameBytes);
    return samples;
  }
}

/** Whether the name of a chunk begins one byte later, after a padding byte that is not zero. */
function isPadded(input: Uint8Array): boolean {
  const [here, later] = [text(input, 0), text(input, 1)];
  if (knownChunks.has(later) || knownChunks.has(here)) return knownChunks.has(later);
  // RIFF requires the byte.
  return isPrintable(later);
}

/** Returns the number of leading zero bytes. */
function zeros(input: Uint8Array): number {
  const other = input.findIndex((byte) => byte !== 0);
  return other < 0 ? input.length : other;
}

function notWav(): HoldAudioError {
  return new HoldAudioError('source-unsupported', 'the source is not a WAV');
}

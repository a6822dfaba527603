import { HoldAudioError } from '../hold-audio-error.js';
import { type WavFormat, parseWavFormat } from './wav-format.js';

const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
/** Longest `fmt` chunk that is kept; the extensible one has 40 bytes. */
const MAX_FORMAT_BYTES = 1024;
/** Sizes that a writer leaves behind when it streams and cannot go back to fill them in. */
const UNKNOWN_SIZE = 0xffff_ffff;

const text = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

type State =
  | { readonly in: 'riff' }
  | { readonly in: 'chunk' }
  | { readonly in: 'fmt'; readonly size: number }
  | { readonly in: 'skip'; readonly left: number }
  | { readonly in: 'data'; readonly left: number };

/**
 * Decodes a WAV that arrives in pieces of any size to mono samples from -1 to 1 at the file's own rate.
 *
 * Chunks may come in any order, with or without the byte that pads an odd one; data ahead of its format is kept until
 * the format is known, so the caller bounds the bytes and their number per push. What a truncated file still holds is
 * decoded.
 */
export class WavDecoder {
  #state: State = { in: 'riff' };
  #pending: Uint8Array = new Uint8Array(0);
  /** Bytes consumed, and where the whole file claims to end. */
  #place = 0;
  #end = 0;
  #format: WavFormat | undefined;
  /** Audio to decode: before the format is known all of it, afterwards at most what was just pushed. */
  #waiting: Uint8Array[] = [];
  #partial: Uint8Array = new Uint8Array(0);
  #hadData = false;

  /** Known once the `fmt` chunk was read. */
  get format(): WavFormat | undefined {
    return this.#format;
  }

  /**
   * Takes the next bytes and gives the samples that they complete, block by block as they are asked for; ask for all
   * of them before the next push.
   */
  *push(bytes: Uint8Array): Generator<Float32Array, void> {
    let input = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    for (let used = this.#step(input); used !== undefined; used = this.#step(input)) {
      this.#place += used;
      yield* this.#decodeWaiting();
      input = input.subarray(used);
    }
    this.#pending = input.slice();
  }

  /** Call at the end of the bytes; throws when they never were a WAV with audio. */
  end(): void {
    if (this.#state.in === 'riff') throw notWav();
    if (this.#format === undefined) throw new HoldAudioError('source-corrupt', 'the WAV has no "fmt " chunk');
    if (!this.#hadData) throw new HoldAudioError('source-corrupt', 'the WAV has no "data" chunk');
  }

  /** Consumes what the state can use of the input; `undefined` asks for more. */
  #step(input: Uint8Array): number | undefined {
    const state = this.#state;
    switch (state.in) {
      case 'riff':
        return this.#readRiff(input);
      case 'chunk':
        return this.#readChunkHeader(input);
      case 'data':
        return this.#readData(state.left, input);
      case 'skip':
        if (state.left > 0 && input.length === 0) return undefined;
        this.#state = state.left === 0 ? { in: 'chunk' } : { in: 'skip', left: Math.max(0, state.left - input.length) };
        return Math.min(state.left, input.length);
      case 'fmt':
      default: {
        if (input.length < state.size) return undefined;
        this.#format = parseWavFormat(input.subarray(0, state.size));
        this.#state = { in: 'chunk' };
        return state.size;
      }
    }
  }

  #readData(left: number, input: Uint8Array): number | undefined {
    if (left > 0 && input.length === 0) return undefined;
    const data = input.subarray(0, Math.min(left, input.length));
    if (data.length > 0) this.#waiting.push(this.#format === undefined ? data.slice() : data);
    this.#state = left === 0 ? { in: 'chunk' } : { in: 'data', left: left - data.length };
    return data.length;
  }

  #readRiff(input: Uint8Array): number | undefined {
    if (input.length < RIFF_HEADER_BYTES) {
      if (!'RIFF'.startsWith(text(input, 0).slice(0, input.length))) throw notWav();
      return undefined;
    }
    if (text(input, 0) !== 'RIFF' || text(input, 8) !== 'WAVE') throw notWav();
    const size = new DataView(input.buffer, input.byteOffset).getUint32(4, true);
    this.#end = size === UNKNOWN_SIZE ? 0 : size + CHUNK_HEADER_BYTES;
    this.#state = { in: 'chunk' };
    return RIFF_HEADER_BYTES;
  }

  #readChunkHeader(input: Uint8Array): number | undefined {
    // Some writers leave the padding byte of an odd chunk out, some write it: no chunk's name begins with a zero.
    if (input[0] === 0) return zeros(input);
    if (input.length < CHUNK_HEADER_BYTES) return undefined;
    const size = new DataView(input.buffer, input.byteOffset).getUint32(4, true);
    const name = text(input, 0);
    if (name === 'fmt ' && this.#format === undefined && size <= MAX_FORMAT_BYTES) {
      this.#state = { in: 'fmt', size };
    } else if (name === 'data') {
      // A writer that streams leaves zero here, in a file that claims to end with this very header, or anywhere before.
      const isLast = this.#place + CHUNK_HEADER_BYTES >= this.#end;
      const endless = size === UNKNOWN_SIZE || (size === 0 && isLast);
      this.#hadData = true;
      this.#partial = new Uint8Array(0);
      this.#state = { in: 'data', left: endless ? Infinity : size };
    } else {
      this.#state = { in: 'skip', left: size };
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
    for (let i = 0; i < samples.length; i += 1) {
      let sum = 0;
      for (let channel = 0; channel < format.channels; channel += 1)
        sum += sample.decode(view, i * frameBytes + channel * sample.bytes);
      samples[i] = sum / format.channels;
    }
    this.#partial = input.slice(samples.length * frameBytes);
    return samples;
  }
}

/** How many zero bytes the input begins with. */
function zeros(input: Uint8Array): number {
  const other = input.findIndex((byte) => byte !== 0);
  return other < 0 ? input.length : other;
}

function notWav(): HoldAudioError {
  return new HoldAudioError('source-unsupported', 'the source is not a WAV');
}

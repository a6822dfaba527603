import { readFile } from 'node:fs/promises';
import { PhoneLabError } from '../phone-lab-error.js';
import { LINE_VOICE_RATE } from '../line/phone-line.js';
import { PcmResampler } from '../media/pcm-resampler.js';
import { readWav } from './read-wav.js';

/** Some audio: an `AudioFrame` of rtc-node is one. Channels are interleaved. */
export interface AudioPiece {
  readonly data: Int16Array;
  /** Hz, 4000 to 192000. */
  readonly sampleRate: number;
  readonly channels: number;
}

/** The audio for `play()`: mono samples, a WAV file (its path, URL or bytes), or audio that comes piece by piece. */
export type PlayableAudio = Int16Array | Uint8Array | string | URL | AsyncIterable<AudioPiece>;

/** The longest piece that is processed at a time, ms: other calls run in the same process. */
const atOnceMs = 100;

/** The audio as mono samples of {@link LINE_VOICE_RATE}, made as they are asked for. */
export async function* voiceSamples(audio: PlayableAudio, sampleRate?: number): AsyncGenerator<Int16Array, void> {
  let resampler: { readonly from: number; readonly it: PcmResampler } | undefined;
  for await (const piece of piecesOf(audio, sampleRate)) {
    if (resampler?.from !== piece.sampleRate) {
      if (resampler) yield resampler.it.end();
      checkRate(piece.sampleRate);
      resampler = { from: piece.sampleRate, it: new PcmResampler(piece.sampleRate, LINE_VOICE_RATE) };
    }
    const mono = toMono(piece);
    const step = Math.ceil((piece.sampleRate * atOnceMs) / 1000);
    for (let at = 0; at < mono.length; at += step) yield resampler.it.push(mono.subarray(at, at + step));
  }
  if (resampler) yield resampler.it.end();
}

function piecesOf(audio: PlayableAudio, sampleRate: number | undefined): AsyncIterable<AudioPiece> | AudioPiece[] {
  if (audio instanceof Int16Array) {
    checkRate(sampleRate ?? Number.NaN);
    return [{ data: audio, sampleRate: sampleRate ?? Number.NaN, channels: 1 }];
  }
  if (typeof audio === 'string' || audio instanceof URL) return wavOf(audio);
  if (audio instanceof Uint8Array) return [readWav(audio)];
  if (typeof audio?.[Symbol.asyncIterator] === 'function') return audio;
  throw new PhoneLabError('misuse', 'play() takes mono samples, a WAV file or an AsyncIterable of audio frames');
}

async function* wavOf(file: string | URL): AsyncGenerator<AudioPiece, void> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new PhoneLabError('invalid-option', `cannot read the audio file ${String(file)}`, { cause: error });
  });
  yield readWav(bytes);
}

function toMono({ data, channels }: AudioPiece): Int16Array {
  if (channels === 1) return data;
  return Int16Array.from({ length: Math.floor(data.length / channels) }, (_, i) => {
    const sum = data.subarray(i * channels, (i + 1) * channels).reduce((total, sample) => total + sample, 0);
    return Math.round(sum / channels);
  });
}

function checkRate(sampleRate: number): void {
  if (Number.isInteger(sampleRate) && sampleRate >= 4000 && sampleRate <= 192_000) return;
  throw new PhoneLabError('misuse', `play() needs a sample rate from 4000 to 192000 Hz, not ${sampleRate}`);
}

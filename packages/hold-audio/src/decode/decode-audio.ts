import { type FfmpegCore, findFfmpegCore, installFfmpegHint } from '../source/ffmpeg-core.js';
import type { FfmpegDecoder } from './ffmpeg-decoder.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { Clip } from '../pcm/clip.js';
import type { ClipLimits } from '../options/clip-limits.js';
import { decodeWav } from './decode-wav.js';
import { isMarkup, isWav, playlistName, sourceRate } from './sniff.js';

/** Largest rate of all channels: stereo at 192 kHz, or eight channels at 48 kHz. */
const MAX_SAMPLES_PER_SECOND = 384_000;
/** Number of first pieces that contain the header of a source. */
const HEAD_PIECES = 4;

let core: FfmpegCore | undefined;
let decoder: FfmpegDecoder | undefined;

/** Decodes a whole source: a common WAV with this package's decoder, everything else with ffmpeg in a thread. */
export async function decodeAudio(
  pieces: readonly Uint8Array[],
  limits: ClipLimits,
  signal: AbortSignal,
): Promise<Clip> {
  const [head] = pieces;
  if (head === undefined) throw new HoldAudioError('source-empty', 'the source has no bytes');
  if (!isWav(head)) return decodeWithFfmpeg(pieces, limits, signal);
  try {
    return await decodeWav(inTurn(pieces), limits, signal);
  } catch (error) {
    if (!HoldAudioError.isInstance(error) || error.code !== 'source-unsupported') throw error;
    return decodeWithFfmpeg(pieces, limits, signal, error);
  }
}

/** Throws if the first bytes show that the source cannot be decoded. */
export function throwIfUndecodable(head: Uint8Array): void {
  const playlist = playlistName(head);
  if (playlist !== undefined) {
    throw new HoldAudioError(
      'source-unsupported',
      `the source is a ${playlist}, not audio; pass one of the files in it, or its frames as a stream`,
    );
  }
  if (isMarkup(head)) throw new HoldAudioError('source-unsupported', 'the source is a text, not audio');
  if (!isWav(head)) ffmpegCore();
}

async function decodeWithFfmpeg(
  pieces: readonly Uint8Array[],
  limits: ClipLimits,
  signal: AbortSignal,
  cause?: HoldAudioError,
): Promise<Clip> {
  const found = ffmpegCore(cause);
  throwIfCostly(pieces);
  const { FfmpegDecoder } = await import('./ffmpeg-decoder.js');
  decoder ??= new FfmpegDecoder(found);
  return { samples: await decoder.decode(pieces, limits, signal), seamless: false };
}

/** Throws if decoding the source would delay other callers too long. */
function throwIfCostly(pieces: readonly Uint8Array[]): void {
  const { sampleRate, channels } = sourceRate(Buffer.concat(pieces.slice(0, HEAD_PIECES))) ?? {
    sampleRate: 0,
    channels: 0,
  };
  if (sampleRate * channels <= MAX_SAMPLES_PER_SECOND) return;
  throw new HoldAudioError(
    'source-too-large',
    `the source has ${channels} channels at ${sampleRate} Hz; allowed: ${MAX_SAMPLES_PER_SECOND} samples a second in all`,
  );
}

function ffmpegCore(cause?: HoldAudioError): FfmpegCore {
  core ??= findFfmpegCore();
  if (core !== undefined) return core;
  const what = cause?.message ?? 'the source is not a WAV';
  throw new HoldAudioError('source-unsupported', `${what}; ${installFfmpegHint}`, { cause });
}

async function* inTurn(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces;
}

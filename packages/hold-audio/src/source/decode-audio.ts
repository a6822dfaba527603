import { type FfmpegCore, findFfmpegCore, howToGetFfmpeg } from '../ffmpeg/ffmpeg-core.js';
import type { FfmpegDecoder } from '../ffmpeg/ffmpeg-decoder.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { Clip } from './clip.js';
import type { ClipLimits } from './clip-limits.js';
import { decodeWav } from './decode-wav.js';
import { isMarkup, isWav } from './sniff.js';

let core: FfmpegCore | undefined;
let decoder: FfmpegDecoder | undefined;

/** Decodes a whole source: a common WAV with this package's own decoder, everything else with ffmpeg in a thread. */
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

/** Refuses by its first bytes what need not be read on. */
export function refuseUndecodable(head: Uint8Array): void {
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
  const { FfmpegDecoder } = await import('../ffmpeg/ffmpeg-decoder.js');
  decoder ??= new FfmpegDecoder(found);
  return { samples: await decoder.decode(pieces, limits, signal), seamless: false };
}

function ffmpegCore(cause?: HoldAudioError): FfmpegCore {
  core ??= findFfmpegCore();
  if (core !== undefined) return core;
  const what = cause?.message ?? 'the source is not a WAV';
  throw new HoldAudioError('source-unsupported', `${what}; ${howToGetFfmpeg}`, { cause });
}

async function* inTurn(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces;
}

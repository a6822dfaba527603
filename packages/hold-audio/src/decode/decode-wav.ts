import { createTimeSlicer } from '../pcm/time-slicer.js';
import { Resampler } from '../pcm/resampler.js';
import { HoldAudioError } from '../hold-audio-error.js';
import { WavDecoder } from './wav-decoder.js';
import { type Clip, SAMPLE_RATE } from '../pcm/clip.js';
import { type ClipLimits, MIN_CLIP_MS, clipLimitDefaults } from '../options/clip-limits.js';

/** Input samples that are resampled per slice: less than a millisecond of work, new filter rows included. */
const BLOCK = 256;

/** Decodes a WAV, given in pieces, to a clip, in slices of a few milliseconds. */
export async function decodeWav(
  pieces: AsyncIterable<Uint8Array>,
  { maxSourceBytes, maxSourceMs }: ClipLimits = clipLimitDefaults,
  signal?: AbortSignal,
): Promise<Clip> {
  const yieldIfDue = createTimeSlicer(signal);
  const decoder = new WavDecoder();
  const blocks: Int16Array[] = [];
  let resampler: Resampler | undefined;
  let bytes = 0;
  let length = 0;
  const keep = (block: Float32Array): void => {
    length += block.length;
    if ((length / SAMPLE_RATE) * 1000 > maxSourceMs) {
      throw new HoldAudioError('source-too-large', `the WAV is longer than ${maxSourceMs / 1000} s ("maxSourceMs")`);
    }
    blocks.push(to16Bit(block));
  };
  for await (const piece of pieces) {
    bytes += piece.length;
    // Pieces may all be there already, and contain no audio.
    await yieldIfDue();
    if (bytes > maxSourceBytes) {
      throw new HoldAudioError('source-too-large', `the WAV has more than ${maxSourceBytes} bytes ("maxSourceBytes")`);
    }
    for (const samples of decoder.push(piece)) {
      await yieldIfDue();
      const rate = decoder.format?.sampleRate ?? SAMPLE_RATE;
      if (rate !== SAMPLE_RATE) resampler ??= new Resampler(rate, SAMPLE_RATE);
      for (let at = 0; at < samples.length; at += BLOCK) {
        const block = samples.subarray(at, at + BLOCK);
        keep(resampler === undefined ? block : resampler.push(block));
        await yieldIfDue();
      }
    }
  }
  decoder.end();
  if (resampler !== undefined) keep(resampler.end());
  if ((length / SAMPLE_RATE) * 1000 < MIN_CLIP_MS) {
    throw new HoldAudioError('source-empty', `the WAV holds less than ${MIN_CLIP_MS} ms of audio`);
  }
  const samples = new Int16Array(length);
  let at = 0;
  for (const block of blocks) {
    samples.set(block, at);
    at += block.length;
    await yieldIfDue();
  }
  return { samples, seamless: false };
}

function to16Bit(block: Float32Array): Int16Array {
  const samples = new Int16Array(block.length);
  for (let i = 0; i < block.length; i += 1) {
    samples[i] = Math.max(-32_768, Math.min(32_767, Math.round((block[i] as number) * 32_768)));
  }
  return samples;
}

import { createTimeSlicer, type YieldIfDue } from '../pcm/time-slicer.js';
import { HoldAudioError } from '../hold-audio-error.js';
import { SAMPLE_RATE } from '../pcm/clip.js';
import { type ClipLimits, MIN_CLIP_MS } from '../options/clip-limits.js';
import { cancelsOut, SILENT_SHARE } from './cancellation.js';
import type { FfmpegThread } from './ffmpeg-thread.js';

const [INPUT, OUTPUT] = ['input', 'output'];
/** The allowed formats: containers and streams of audio, none that refers to other sources or never ends. */
const DEMUXERS =
  'aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,eac3,flac,flv,gsm,ircam,matroska,mov,mp3,mpeg,mpegts,mpc,nistsphere,ogg,rm,sln,tak,tta,voc,w64,wav,wv';
/** Milliseconds decoded beyond the limit, to distinguish a clip that is too long from one that just fits. */
const EXCESS_MS = 100;
const FIRST_CHANNEL = '-af pan=mono|c0=c0';
/** Samples per look at the clock. */
const BLOCK = 4096;

/** Decodes the first audio stream of a file with ffmpeg, in the memory of its thread. */
export async function runFfmpeg(
  thread: FfmpegThread,
  pieces: readonly Uint8Array[],
  { maxSourceMs }: ClipLimits,
  signal: AbortSignal,
): Promise<Int16Array> {
  await thread.load();
  const yieldIfDue = createTimeSlicer(signal);
  for (const piece of pieces) {
    // A copy: the pieces may be needed again, or belong to the application.
    thread.transfer(new Uint8Array(piece));
    await yieldIfDue();
  }
  await thread.invoke('WRITE_PIECES', { path: INPUT });
  const { samples, log } = await decode(thread, maxSourceMs);
  const mixed = await meanSquare(samples, yieldIfDue);
  // Only a mix this soft can be the rest of channels that cancel each other out.
  if (samples.length > 0 && mixed < SILENT_SHARE) {
    const first = await decode(thread, maxSourceMs, FIRST_CHANNEL);
    if (mixed < (await meanSquare(first.samples, yieldIfDue)) * SILENT_SHARE) throw cancelsOut('source');
  }
  await thread.invoke('DELETE_FILE', { path: INPUT });
  if (samples.length === 0) {
    throw new HoldAudioError('source-unsupported', 'ffmpeg finds no audio that it can decode in the source', {
      cause: new Error(log.join('\n')),
    });
  }
  const lengthMs = (samples.length / SAMPLE_RATE) * 1000;
  if (lengthMs > maxSourceMs) {
    throw new HoldAudioError('source-too-large', `the source is longer than ${maxSourceMs / 1000} s ("maxSourceMs")`);
  }
  if (lengthMs < MIN_CLIP_MS) {
    throw new HoldAudioError('source-empty', `the source holds less than ${MIN_CLIP_MS} ms of audio`);
  }
  return samples;
}

/** Decodes to mono at the rate of clips: the mix of all channels, unless `filter` selects others. */
async function decode(
  thread: FfmpegThread,
  maxSourceMs: number,
  ...filter: readonly string[]
): Promise<{ readonly samples: Int16Array; readonly log: readonly string[] }> {
  // Only files in the thread's own memory are allowed.
  const input = `-hide_banner -v error -protocol_whitelist file -format_whitelist ${DEMUXERS} -i ${INPUT}`;
  const limitSeconds = (maxSourceMs + EXCESS_MS) / 1000;
  const output = `-ac 1 -ar ${SAMPLE_RATE} -f s16le ${OUTPUT}`;
  const args = [input, '-map 0:a:0 -t', limitSeconds, ...filter, output].join(' ').split(' ');
  const { log = [] } = await thread.invoke('EXEC', { args });
  return { samples: await takeOutput(thread), log };
}

/** Returns the mean square; 1 is full scale throughout. */
async function meanSquare(samples: Int16Array, yieldIfDue: YieldIfDue): Promise<number> {
  let sum = 0;
  for (let at = 0; at < samples.length; at += BLOCK) {
    for (const sample of samples.subarray(at, at + BLOCK)) sum += (sample / 32_768) ** 2;
    await yieldIfDue();
  }
  return sum / samples.length;
}

/** Reads and deletes the output; empty if ffmpeg wrote none. */
async function takeOutput(thread: FfmpegThread): Promise<Int16Array> {
  const { data: names } = await thread.invoke('LIST_DIR', { path: '.' });
  const isThere = Array.isArray(names) && names.some(({ name }: { name?: unknown }) => name === OUTPUT);
  if (!isThere) return new Int16Array(0);
  const { data } = await thread.invoke('READ_FILE', { path: OUTPUT, encoding: 'binary' });
  await thread.invoke('DELETE_FILE', { path: OUTPUT });
  if (!(data instanceof Uint8Array)) return new Int16Array(0);
  return new Int16Array(data.buffer, data.byteOffset, Math.floor(data.byteLength / 2));
}

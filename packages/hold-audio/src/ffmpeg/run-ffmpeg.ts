import { createTimeSlicer } from '../dsp/time-slicer.js';
import { HoldAudioError } from '../hold-audio-error.js';
import { SAMPLE_RATE } from '../source/clip.js';
import { type ClipLimits, MIN_CLIP_MS } from '../source/clip-limits.js';
import type { FfmpegThread } from './ffmpeg-thread.js';

const [INPUT, OUTPUT] = ['input', 'output'];
/** What is looked for in a file: containers and streams of audio, and nothing that names other sources or never ends. */
const DEMUXERS =
  'aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,eac3,flac,flv,gsm,ircam,matroska,mov,mp3,mpeg,mpegts,mpc,nistsphere,ogg,rm,sln,tak,tta,voc,w64,wav,wv';
/** Decoded beyond the limit, so that a clip that is too long is told from one that just fits. */
const EXCESS_MS = 100;

/** Has ffmpeg decode the first audio of a file, in the memory of its thread. */
export async function runFfmpeg(
  thread: FfmpegThread,
  pieces: readonly Uint8Array[],
  { maxSourceMs }: ClipLimits,
  signal: AbortSignal,
): Promise<Int16Array> {
  await thread.load();
  const yieldIfDue = createTimeSlicer(signal);
  for (const piece of pieces) {
    // A copy: the pieces may be needed again, or be the caller's own.
    thread.give(new Uint8Array(piece));
    await yieldIfDue();
  }
  await thread.call('WRITE_PIECES', { path: INPUT });
  const limitSeconds = (maxSourceMs + EXCESS_MS) / 1000;
  const { log = [] } = await thread.call('EXEC', {
    // Other sources than files of the thread's own memory are not to be had.
    args: `-hide_banner -v error -protocol_whitelist file -format_whitelist ${DEMUXERS} -i ${INPUT} -map 0:a:0 -t ${limitSeconds} -ac 1 -ar ${SAMPLE_RATE} -f s16le ${OUTPUT}`.split(
      ' ',
    ),
  });
  const samples = await takeOutput(thread);
  await thread.call('DELETE_FILE', { path: INPUT });
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

/** Nothing if ffmpeg did not come as far as writing. */
async function takeOutput(thread: FfmpegThread): Promise<Int16Array> {
  const { data: names } = await thread.call('LIST_DIR', { path: '.' });
  const isThere = Array.isArray(names) && names.some(({ name }: { name?: unknown }) => name === OUTPUT);
  if (!isThere) return new Int16Array(0);
  const { data } = await thread.call('READ_FILE', { path: OUTPUT, encoding: 'binary' });
  await thread.call('DELETE_FILE', { path: OUTPUT });
  if (!(data instanceof Uint8Array)) return new Int16Array(0);
  return new Int16Array(data.buffer, data.byteOffset, Math.floor(data.byteLength / 2));
}

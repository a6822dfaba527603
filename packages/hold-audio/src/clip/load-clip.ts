import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FetchOptions } from '../fetch/fetch-bytes.js';
import type { UrlValidity } from '../fetch/url-validity.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { HoldMusic } from '../music/synthesize-hold-music.js';
import type { ClipSource } from '../source/parse-source.js';
import { type Clip, SAMPLE_RATE } from '../pcm/clip.js';
import type { ClipLimits } from '../options/clip-limits.js';
import { ClipStore } from './clip-store.js';
import { dataUrlBytes } from './data-url.js';
import { decodeAudio } from '../decode/decode-audio.js';
import { hashContent } from './hash-content.js';
import { readFile } from './read-file.js';
import { readPieces } from './read-pieces.js';
import { SingleFlight } from './single-flight.js';
import { UrlClips } from './url-clips.js';

const PIECE_BYTES = 64 * 1024;
/** Decoded clips that stay in memory for the next caller. */
const MAX_CACHED_BYTES = 64 * 1024 * 1024;

type ReadSource = Exclude<ClipSource, { readonly kind: 'builtin' }>;

const clips = new ClipStore(MAX_CACHED_BYTES);
const urls = new UrlClips();
/** Running work by key and limits, and by hash and length limit. */
const [loading, decoding] = [new SingleFlight<Clip>(), new SingleFlight<Clip>()];
const arrays = new WeakMap<Uint8Array, number>();
let arrayCount = 0;
let composing: Promise<HoldMusic> | undefined;

/** Returns the built-in clip once it can be played. It is computed once per process. */
export async function loadHoldMusic(): Promise<Clip> {
  const { playable, clip } = await holdMusic();
  await playable;
  return clip;
}

/** Returns the built-in clip once it is complete, which takes a few tenths of a second the first time. */
export async function loadWholeHoldMusic(): Promise<Clip> {
  const { complete, clip } = await holdMusic();
  await complete;
  return clip;
}

/** Starts the computation; the score is loaded only if it is played. */
function holdMusic(): Promise<HoldMusic> {
  composing ??= import('../music/synthesize-hold-music.js').then(({ synthesizeHoldMusic }) => synthesizeHoldMusic());
  return composing;
}

/**
 * Returns the clip of a source, from memory if its content was decoded before. The signal ends the wait of this caller;
 * loading ends when no caller waits.
 */
export async function loadClip(source: ClipSource, limits: ClipLimits, signal?: AbortSignal): Promise<Clip> {
  if (source.kind === 'builtin') return loadHoldMusic();
  const key = `${await sourceKey(source)}\0${accessKey(limits)}`;
  const known = clips.bySource(key);
  if (known !== undefined) {
    if (source.kind === 'url' && urls.isStale(key)) void refresh(source, key, limits);
    return throwIfTooLong(known, limits);
  }
  return loading.run(`${key} ${limits.maxSourceMs}`, (over) => load(source, key, limits, over), signal);
}

/** Keeps a clip in memory while it is played; call the returned function once when it no longer is. */
export const retainClip = (clip: Clip): (() => void) => clips.retain(clip);

/** Asks the server of a URL whether its content has changed, for the next caller: this one does not wait. */
async function refresh(source: ReadSource, key: string, limits: ClipLimits): Promise<void> {
  try {
    await loading.run(`${key} ${limits.maxSourceMs}`, (over) => load(source, key, limits, over));
  } catch {
    urls.onRefreshFailed(key);
  }
}

async function load(source: ReadSource, key: string, limits: ClipLimits, signal: AbortSignal): Promise<Clip> {
  const before = clips.bySource(key);
  let answer: { readonly validity: UrlValidity; readonly isSame: boolean } | undefined;
  const fetched: Fetched = {
    known: before && urls.of(key),
    onValidity: (validity, isSame) => {
      answer = { validity, isSame };
    },
  };
  const pieces = await readPieces(open(source, limits, signal, fetched), limits, signal);
  if (answer !== undefined) urls.remember(key, answer.validity);
  if (answer?.isSame === true && before !== undefined) return before;
  const hash = await hashContent(pieces, signal);
  const known = clips.byHash(hash);
  const clip =
    known === undefined
      ? await decoding.run(`${hash} ${limits.maxSourceMs}`, (over) => decodeAudio(pieces, limits, over), signal)
      : throwIfTooLong(known, limits);
  clips.keep(key, hash, clip);
  return clip;
}

type Fetched = Pick<FetchOptions, 'known' | 'onValidity'>;

function open(
  source: ReadSource,
  limits: ClipLimits,
  signal: AbortSignal,
  fetched: Fetched,
): AsyncIterable<Uint8Array> {
  switch (source.kind) {
    case 'file':
      return readFile(resolve(source.path), limits);
    case 'bytes':
      return cut(source.bytes);
    case 'data':
      return dataUrlBytes(source.url, limits.maxSourceBytes);
    case 'url':
    default:
      return fetchUrl(new URL(source.url), { limits, signal, ...fetched });
  }
}

/** Imports the loader of URLs on demand: HTTP, TLS and DNS take longer to load than this whole package. */
async function* fetchUrl(url: URL, options: FetchOptions): AsyncGenerator<Uint8Array, void> {
  const { fetchBytes } = await import('../fetch/fetch-bytes.js');
  yield* fetchBytes(url, options);
}

/**
 * Returns a key that changes when the content may have changed; for a `data:` URL its hash, since the URL would stay in
 * memory.
 */
async function sourceKey(source: ReadSource): Promise<string> {
  switch (source.kind) {
    case 'file': {
      const path = resolve(source.path);
      // A missing file gets its error when it is read.
      const found = await stat(path).catch(() => undefined);
      return `file ${path}\0${found?.mtimeMs ?? ''}\0${found?.size ?? ''}`;
    }
    case 'bytes':
      return `array ${numberArray(source.bytes)}`;
    case 'data':
      return `data ${await hashContent([source.url])}`;
    case 'url':
    default:
      return `url ${source.url}`;
  }
}

function numberArray(bytes: Uint8Array): number {
  const number = arrays.get(bytes) ?? (arrayCount += 1);
  arrays.set(bytes, number);
  return number;
}

/**
 * Returns the limits that are part of a key: a caller whose limits reject a source must not get it from another caller.
 */
const accessKey = (limits: ClipLimits): string =>
  [limits.maxSourceBytes, limits.maxRedirects, limits.allowPrivateHosts].join(' ');

function throwIfTooLong(clip: Clip, { maxSourceMs }: ClipLimits): Clip {
  if ((clip.samples.length / SAMPLE_RATE) * 1000 <= maxSourceMs) return clip;
  throw new HoldAudioError('source-too-large', `the source is longer than ${maxSourceMs / 1000} s ("maxSourceMs")`);
}

async function* cut(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

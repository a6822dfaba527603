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
import { digestOf } from './digest.js';
import { readFile } from './read-file.js';
import { readPieces } from './read-pieces.js';
import { SharedWork } from './single-flight.js';
import { UrlClips } from './url-clips.js';

const PIECE_BYTES = 64 * 1024;
/** Decoded clips that stay in memory for the next caller. */
const MAX_CACHED_BYTES = 64 * 1024 * 1024;

type ReadSource = Exclude<ClipSource, { readonly kind: 'builtin' }>;

const clips = new ClipStore(MAX_CACHED_BYTES);
const urls = new UrlClips();
/** By place and limits, and by content and length limit. */
const [loading, decoding] = [new SharedWork<Clip>(), new SharedWork<Clip>()];
const arrays = new WeakMap<Uint8Array, number>();
let arrayCount = 0;
let composing: Promise<HoldMusic> | undefined;

/** This package's own clip, computed once per process. */
export async function loadHoldMusic(): Promise<Clip> {
  const { playable, clip } = await holdMusic();
  await playable;
  return clip;
}

/** The same with all of its samples there, which takes some tenths of a second the first time. */
export async function loadWholeHoldMusic(): Promise<Clip> {
  const { complete, clip } = await holdMusic();
  await complete;
  return clip;
}

/** The score is loaded for those who play it. */
function holdMusic(): Promise<HoldMusic> {
  composing ??= import('../music/synthesize-hold-music.js').then(({ synthesizeHoldMusic }) => synthesizeHoldMusic());
  return composing;
}

/**
 * The clip of any source that is one, from memory where its content was decoded before. The signal says that this
 * caller no longer waits; when nobody does, loading ends.
 */
export async function loadClip(source: ClipSource, limits: ClipLimits, signal?: AbortSignal): Promise<Clip> {
  if (source.kind === 'builtin') return loadHoldMusic();
  const place = `${await placeOf(source)}\0${accessOf(limits)}`;
  const known = clips.ofPlace(place);
  if (known !== undefined) {
    if (source.kind === 'url' && urls.isStale(place)) void refresh(source, place, limits);
    return refuseLong(known, limits);
  }
  return loading.do(`${place} ${limits.maxSourceMs}`, (over) => load(source, place, limits, over), signal);
}

/** Keeps a clip in memory while it is played; call what it gives, once, when it no longer is. */
export const holdClip = (clip: Clip): (() => void) => clips.hold(clip);

/** Asks the server of a URL whether its content is another, for the next caller: this one has waited for nothing. */
async function refresh(source: ReadSource, place: string, limits: ClipLimits): Promise<void> {
  try {
    await loading.do(`${place} ${limits.maxSourceMs}`, (over) => load(source, place, limits, over));
  } catch {
    urls.couldNotAsk(place);
  }
}

async function load(source: ReadSource, place: string, limits: ClipLimits, signal: AbortSignal): Promise<Clip> {
  const before = clips.ofPlace(place);
  let answer: { readonly validity: UrlValidity; readonly isSame: boolean } | undefined;
  const fetched: Fetched = {
    known: before && urls.of(place),
    onValidity: (validity, isSame) => {
      answer = { validity, isSame };
    },
  };
  const pieces = await readPieces(open(source, limits, signal, fetched), limits, signal);
  if (answer !== undefined) urls.learn(place, answer.validity);
  if (answer?.isSame === true && before !== undefined) return before;
  const content = await digestOf(pieces, signal);
  const known = clips.ofContent(content);
  const clip =
    known === undefined
      ? await decoding.do(`${content} ${limits.maxSourceMs}`, (over) => decodeAudio(pieces, limits, over), signal)
      : refuseLong(known, limits);
  clips.keep(place, content, clip);
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

/** HTTP, TLS and DNS take longer to load than this whole package: only where there is a URL. */
async function* fetchUrl(url: URL, options: FetchOptions): AsyncGenerator<Uint8Array, void> {
  const { fetchBytes } = await import('../fetch/fetch-bytes.js');
  yield* fetchBytes(url, options);
}

/** What changes when the content may have changed; not the whole of a `data:` URL, which would stay in memory. */
async function placeOf(source: ReadSource): Promise<string> {
  switch (source.kind) {
    case 'file': {
      const path = resolve(source.path);
      // A file that is not there gets its error from reading it.
      const found = await stat(path).catch(() => undefined);
      return `file ${path}\0${found?.mtimeMs ?? ''}\0${found?.size ?? ''}`;
    }
    case 'bytes':
      return `array ${numberOf(source.bytes)}`;
    case 'data':
      return `data ${await digestOf([source.url])}`;
    case 'url':
    default:
      return `url ${source.url}`;
  }
}

function numberOf(bytes: Uint8Array): number {
  const number = arrays.get(bytes) ?? (arrayCount += 1);
  arrays.set(bytes, number);
  return number;
}

/** What one caller is refused must not be given to it because another was allowed. */
const accessOf = (limits: ClipLimits): string =>
  [limits.maxSourceBytes, limits.maxRedirects, limits.allowPrivateHosts].join(' ');

function refuseLong(clip: Clip, { maxSourceMs }: ClipLimits): Clip {
  if ((clip.samples.length / SAMPLE_RATE) * 1000 <= maxSourceMs) return clip;
  throw new HoldAudioError('source-too-large', `the source is longer than ${maxSourceMs / 1000} s ("maxSourceMs")`);
}

async function* cut(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

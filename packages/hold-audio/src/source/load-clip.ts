import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fetchBytes } from '../fetch/fetch-bytes.js';
import { type HoldMusic, synthesizeHoldMusic } from '../music/synthesize-hold-music.js';
import type { ClipSource } from './checked-source.js';
import type { Clip } from './clip.js';
import { ClipCache } from './clip-cache.js';
import { type ClipLimits, MAX_CACHED_BYTES } from './clip-limits.js';
import { dataUrlBytes } from './data-url.js';
import { decodeWav } from './decode-wav.js';
import { readFile } from './read-file.js';

const PIECE_BYTES = 64 * 1024;

const clips = new ClipCache(MAX_CACHED_BYTES);
/** Clips of byte arrays live as long as the arrays do. */
const clipsOfBytes = new WeakMap<Uint8Array, ClipCache>();
let holdMusic: HoldMusic | undefined;

/** This package's own clip, computed once per process. */
export async function loadHoldMusic(): Promise<Clip> {
  holdMusic ??= synthesizeHoldMusic();
  await holdMusic.playable;
  return holdMusic.clip;
}

/** The same with all of its samples there, which takes some tenths of a second the first time. */
export async function loadWholeHoldMusic(): Promise<Clip> {
  const clip = await loadHoldMusic();
  await holdMusic?.complete;
  return clip;
}

/**
 * The clip of any source that is one, from memory where it was decoded before. The signal says that this caller no
 * longer waits; when nobody does, loading ends.
 */
export async function loadClip(source: ClipSource, limits: ClipLimits, signal?: AbortSignal): Promise<Clip> {
  switch (source.kind) {
    case 'builtin':
      return loadHoldMusic();
    case 'file':
      return loadFile(source.path, limits, signal);
    case 'bytes':
      return loadBytes(source.bytes, limits, signal);
    case 'data':
    case 'url':
    default:
      return clips.get(
        `${source.url}\0${keyOf(limits)}`,
        (over) => {
          const pieces =
            source.kind === 'data'
              ? cut(dataUrlBytes(source.url, limits.maxSourceBytes))
              : fetchBytes(new URL(source.url), limits, over);
          return decodeWav(pieces, limits, over);
        },
        signal,
      );
  }
}

/** The clip of a WAV file; decoded again only after the file has changed. */
async function loadFile(path: string, limits: ClipLimits, signal: AbortSignal | undefined): Promise<Clip> {
  const absolute = resolve(path);
  // A file that is not there gets its error from reading it, under a key that is not kept.
  const found = await stat(absolute).catch(() => undefined);
  const key = `${absolute}\0${found?.mtimeMs ?? ''}\0${found?.size ?? ''}\0${keyOf(limits)}`;
  return clips.get(key, (over) => decodeWav(readFile(absolute, limits), limits, over), signal);
}

/** The clip of a WAV's bytes, decoded once per array. */
function loadBytes(bytes: Uint8Array, limits: ClipLimits, signal: AbortSignal | undefined): Promise<Clip> {
  const cache = clipsOfBytes.get(bytes) ?? new ClipCache(Infinity);
  clipsOfBytes.set(bytes, cache);
  return cache.get(keyOf(limits), (over) => decodeWav(cut(bytes), limits, over), signal);
}

/** What one caller is refused must not be given to it because another was allowed. */
const keyOf = (limits: ClipLimits): string =>
  [limits.maxSourceBytes, limits.maxSourceMs, limits.maxRedirects, limits.allowPrivateHosts].join(' ');

async function* cut(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type HoldMusic, synthesizeHoldMusic } from '../music/synthesize-hold-music.js';
import type { PlayableSource } from './checked-source.js';
import type { Clip } from './clip.js';
import { ClipCache } from './clip-cache.js';
import { MAX_CACHED_BYTES } from './clip-limits.js';
import { decodeWav } from './decode-wav.js';
import { readFile } from './read-file.js';

const PIECE_BYTES = 64 * 1024;

const files = new ClipCache(MAX_CACHED_BYTES);
/** Clips of byte arrays live as long as the arrays do. */
const byteClips = new WeakMap<Uint8Array, Promise<Clip>>();
let holdMusic: HoldMusic | undefined;

/** This package's own clip, computed once per process. */
export async function loadHoldMusic(): Promise<Clip> {
  holdMusic ??= synthesizeHoldMusic();
  await holdMusic.playable;
  return holdMusic.clip;
}

/** The clip of any source that is one, from memory where it was decoded before. */
export function loadClip(source: Exclude<PlayableSource, { kind: 'stream' }>): Promise<Clip> {
  if (source.kind === 'builtin') return loadHoldMusic();
  return source.kind === 'file' ? loadFile(source.path) : loadBytes(source.bytes);
}

/** The clip of a WAV file; decoded again only after the file has changed. */
async function loadFile(path: string): Promise<Clip> {
  const absolute = resolve(path);
  // A file that is not there gets its error from reading it, under a key that is not kept.
  const found = await stat(absolute).catch(() => undefined);
  const key = `${absolute}\0${found?.mtimeMs ?? ''}\0${found?.size ?? ''}`;
  return files.get(key, () => decodeWav(readFile(absolute)));
}

/** The clip of a WAV's bytes, decoded once per array. */
function loadBytes(bytes: Uint8Array): Promise<Clip> {
  const known = byteClips.get(bytes);
  if (known !== undefined) return known;
  const clip = decodeWav(pieces(bytes));
  byteClips.set(bytes, clip);
  return clip;
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

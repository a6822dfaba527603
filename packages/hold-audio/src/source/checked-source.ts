import type { AudioFrame } from '@livekit/rtc-node';
import { extname } from 'node:path';
import { BuiltinAudioClip } from '../builtin-audio-clip.js';
import { HoldAudioError } from '../hold-audio-error.js';

/** A source whose kind is known, with what opening it needs. */
export type CheckedSource = PlayableSource | { readonly kind: 'silence' };

export type PlayableSource =
  | { readonly kind: 'builtin' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'stream'; readonly make: () => AsyncIterable<AudioFrame> };

/** The clips of `@livekit/agents` that this package does not have. */
const foreignClips: ReadonlySet<string> = new Set([
  'office-ambience.ogg',
  'keyboard-typing.ogg',
  'keyboard-typing2.ogg',
]);

/** Endings of audio files that certainly are not WAV. */
const otherFormats: ReadonlySet<string> = new Set(
  'mp3 ogg oga opus flac m4a aac mp4 webm wma aiff aif au'.split(' ').map((name) => `.${name}`),
);

const allowed =
  'allowed: BuiltinAudioClip.HOLD_MUSIC, the path of a WAV file, the bytes of one (Uint8Array), ' +
  'an AsyncIterable of AudioFrame or a function making one, or null for silence';

/** Tells the kinds of sources apart and refuses what no kind covers, by name. Reads nothing yet. */
export function checkSource(source: unknown): CheckedSource {
  if (source === null) return { kind: 'silence' };
  if (typeof source === 'string') return checkText(source);
  if (source instanceof Uint8Array) return { kind: 'bytes', bytes: source };
  if (typeof source === 'function') return { kind: 'stream', make: source as () => AsyncIterable<AudioFrame> };
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) {
    const stream = source as AsyncIterable<AudioFrame>;
    return { kind: 'stream', make: () => stream };
  }
  throw new HoldAudioError('source-unsupported', `"source" is ${describe(source)}; ${allowed}`);
}

function checkText(source: string): CheckedSource {
  if (source === BuiltinAudioClip.HOLD_MUSIC) return { kind: 'builtin' };
  if (source.trim() === '') throw new HoldAudioError('source-unsupported', `"source" is an empty string; ${allowed}`);
  if (foreignClips.has(source)) {
    throw new HoldAudioError(
      'source-unsupported',
      `"source" is the clip "${source}" of @livekit/agents, which this package does not have; pass the path of a WAV file`,
    );
  }
  const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(source) ?? [];
  if (scheme !== undefined) {
    throw new HoldAudioError(
      'source-unsupported',
      `"source" is a "${scheme}:" URL, which is not supported by this version; pass the path or the bytes of a WAV file`,
    );
  }
  const ending = extname(source).toLowerCase();
  if (otherFormats.has(ending)) {
    throw new HoldAudioError(
      'source-unsupported',
      `"source" is ${article(ending)} file, which is not supported by this version; convert it to WAV (16-bit PCM)`,
    );
  }
  return { kind: 'file', path: source };
}

function article(ending: string): string {
  const name = ending.slice(1).toUpperCase();
  return `${/^[AEFILMNORSX]/.test(name) ? 'an' : 'a'} ${name}`;
}

function describe(source: unknown): string {
  if (Array.isArray(source)) return 'a list';
  return typeof source === 'object' ? 'an object that is no AsyncIterable' : `of type ${typeof source}`;
}

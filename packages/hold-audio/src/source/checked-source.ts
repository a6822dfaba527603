import type { AudioFrame } from '@livekit/rtc-node';
import { HoldAudioError } from '../hold-audio-error.js';
import { checkText } from './check-text.js';

/** A source whose kind is known, with what opening it needs. */
export type CheckedSource = PlayableSource | { readonly kind: 'silence' };

export type PlayableSource = ClipSource | { readonly kind: 'stream'; readonly make: () => AsyncIterable<AudioFrame> };

/** A source that is decoded as a whole. */
export type ClipSource =
  | { readonly kind: 'builtin' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'data' | 'url'; readonly url: string };

const allowed =
  'allowed: BuiltinAudioClip.HOLD_MUSIC, the path or URL of a WAV file, the bytes of one (Uint8Array), ' +
  'an AsyncIterable of AudioFrame or a function making one, or null for silence';

/** Tells the kinds of sources apart and refuses what no kind covers, by name. Reads nothing yet. */
export function checkSource(source: unknown): CheckedSource {
  if (source === null) return { kind: 'silence' };
  if (typeof source === 'string') return checkText(source);
  if (source instanceof URL) return checkText(source.href);
  if (source instanceof Uint8Array) return { kind: 'bytes', bytes: source };
  if (typeof source === 'function') return { kind: 'stream', make: source as () => AsyncIterable<AudioFrame> };
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) {
    const stream = source as AsyncIterable<AudioFrame>;
    return { kind: 'stream', make: () => stream };
  }
  throw new HoldAudioError('source-unsupported', `"source" is ${describe(source)}; ${allowed}`);
}

function describe(source: unknown): string {
  if (Array.isArray(source)) return 'a list';
  return typeof source === 'object' ? 'an object that is no AsyncIterable' : `of type ${typeof source}`;
}

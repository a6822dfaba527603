import type { AudioFrame } from '@livekit/rtc-node';
import { optionError } from '../validate.js';
import { parseSourceString } from './parse-source-string.js';
import type { SingleSource } from './parse-source.js';

const allowed =
  'allowed: BuiltinAudioClip.HOLD_MUSIC, the path or URL of an audio file, the bytes of one (Uint8Array), ' +
  'an AsyncIterable of AudioFrame or a function making one';

/** Determines the kind of a single source; `name` is its name in messages. */
export function parsePlainSource(source: unknown, name: string): SingleSource {
  if (typeof source === 'string') return parseSourceString(source, name);
  if (source instanceof URL) return parseSourceString(source.href, name);
  if (source instanceof Uint8Array) return { kind: 'bytes', bytes: source };
  if (typeof source === 'function') return { kind: 'stream', make: source as () => AsyncIterable<AudioFrame> };
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) {
    const stream = source as AsyncIterable<AudioFrame>;
    return { kind: 'stream', make: () => stream };
  }
  const extra =
    name === 'source'
      ? ', a configuration { source, volume, probability }, a list of them, a clipSequence([...]), or null for silence'
      : '';
  throw optionError('source-unsupported', name, `is ${describe(source)}; ${allowed}${extra}`);
}

function describe(source: unknown): string {
  if (Array.isArray(source)) return source.length === 0 ? 'an empty list' : 'a list';
  if (source === null) return 'null';
  return typeof source === 'object' ? 'an object that is no AsyncIterable' : `of type ${typeof source}`;
}

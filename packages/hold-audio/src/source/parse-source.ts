import type { AudioFrame } from '@livekit/rtc-node';
import { isObject } from '@org/support';
import { validate } from '../validate.js';
import type { AudioConfig } from './audio-config.js';
import type { HoldSource } from './hold-source.js';
import { parsePlainSource } from './parse-plain-source.js';
import { type SequenceSource, parseSequence } from './parse-sequence.js';
import { source as sourceShape } from './source-shape.js';

/** A source with its kind. */
export type ParsedSource =
  | PlayableSource
  | Silence
  | { readonly kind: 'choice'; readonly among: readonly WeightedSource[] };

export interface Silence {
  readonly kind: 'silence';
}

export type PlayableSource = SingleSource | SequenceSource;

export type SingleSource = ClipSource | { readonly kind: 'stream'; readonly make: () => AsyncIterable<AudioFrame> };

/** A source that is decoded as a whole. */
export type ClipSource =
  | { readonly kind: 'builtin' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'data' | 'url'; readonly url: string };

/** One of several to choose from. */
interface WeightedSource {
  readonly source: SingleSource;
  readonly volume: number;
  readonly probability: number;
}

/**
 * Determines the kind of a source, and rejects a value of no kind. Reads nothing yet.
 *
 * @throws HoldAudioError `invalid-option` or `source-unsupported`
 */
export function parseSource(source: HoldSource): ParsedSource {
  validate(sourceShape, source, 'source');
  if (source === null) return { kind: 'silence' };
  if (isList(source)) {
    return { kind: 'choice', among: source.map((config, i) => parseConfig(config, `source[${i}]`)) };
  }
  if (isObject(source) && 'kind' in source && source.kind === 'sequence') return parseSequence(source.items);
  if (isObject(source) && 'source' in source && !(Symbol.asyncIterator in source)) {
    // A single one is always chosen: a probability is for lists.
    return { kind: 'choice', among: [{ ...parseConfig(source, 'source'), probability: 1 }] };
  }
  return parsePlainSource(source, 'source');
}

// `Array.isArray` does not tell a readonly array from the other members of a union.
function isList(source: HoldSource): source is readonly AudioConfig[] {
  return Array.isArray(source);
}

/** Parses one `AudioConfig`, whose shape has been checked; `name` is its name in messages. */
function parseConfig(config: AudioConfig, name: string): WeightedSource {
  const { source, volume = 1, probability = 1 } = config;
  return { source: parsePlainSource(source, `${name}.source`), volume, probability };
}

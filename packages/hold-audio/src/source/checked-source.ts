import type { AudioFrame } from '@livekit/rtc-node';
import { checkConfig } from './check-config.js';
import { checkPlainSource } from './check-plain-source.js';
import { type SequenceSource, checkSequence } from './check-sequence.js';

/** A source whose kind is known, with what opening it needs. */
export type CheckedSource =
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
export interface WeightedSource {
  readonly source: SingleSource;
  readonly volume: number;
  readonly probability: number;
}

/** Tells the kinds of sources apart and refuses what no kind covers, by name. Reads nothing yet. */
export function checkSource(source: unknown): CheckedSource {
  if (source === null) return { kind: 'silence' };
  if (Array.isArray(source) && source.length > 0) {
    return { kind: 'choice', among: source.map((config, i) => checkConfig(config, `source[${i}]`)) };
  }
  if (typeof source === 'object' && 'kind' in source && source.kind === 'sequence') {
    return checkSequence('items' in source ? source.items : undefined);
  }
  if (typeof source === 'object' && 'source' in source && !(Symbol.asyncIterator in source)) {
    // Alone it is always the one: a probability is for lists.
    return { kind: 'choice', among: [{ ...checkConfig(source, 'source'), probability: 1 }] };
  }
  return checkPlainSource(source, 'source');
}

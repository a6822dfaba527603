import { optionError } from '../validate.js';
import { parsePlainSource } from './parse-plain-source.js';
import type { ClipSource } from './parse-source.js';
import type { ClipSequence, ClipSequenceItem } from './clip-sequence.js';

export interface SequenceSource {
  readonly kind: 'sequence';
  readonly items: readonly SequencedSource[];
}

/** One clip of a sequence. */
export interface SequencedSource {
  readonly source: ClipSource;
  readonly volume: number;
  readonly intervalMs: number;
}

/** Parses the items of a `ClipSequence`, whose shape has been checked. */
export function parseSequence(items: ClipSequence['items']): SequenceSource {
  return { kind: 'sequence', items: items.map((item, i) => parseItem(item, `source.items[${i}]`)) };
}

function parseItem(item: ClipSequence['items'][number], name: string): SequencedSource {
  if (!isDetailed(item)) return { source: parseClip(item, name), volume: 1, intervalMs: 0 };
  const { source, volume = 1, intervalMs = 0 } = item;
  return { source: parseClip(source, `${name}.source`), volume, intervalMs };
}

function isDetailed(item: ClipSequence['items'][number]): item is ClipSequenceItem {
  return typeof item === 'object' && item !== null && 'source' in item;
}

function parseClip(source: unknown, name: string): ClipSource {
  const checked = parsePlainSource(source, name);
  if (checked.kind !== 'stream') return checked;
  const allowed = 'BuiltinAudioClip.HOLD_MUSIC, audio files, URLs and bytes';
  throw optionError('source-unsupported', name, `is a stream of frames; allowed in a sequence: ${allowed}`);
}

import { refusal } from '../validate.js';
import { checkPlainSource } from './parse-plain-source.js';
import type { ClipSource } from './parse-source.js';
import type { Sequence, SequenceItem } from './sequence.js';

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

/** Parses the items of a `Sequence`, whose shape has been checked. */
export function checkSequence(items: Sequence['items']): SequenceSource {
  return { kind: 'sequence', items: items.map((item, i) => checkItem(item, `source.items[${i}]`)) };
}

function checkItem(item: Sequence['items'][number], name: string): SequencedSource {
  if (!isDetailed(item)) return { source: checkClip(item, name), volume: 1, intervalMs: 0 };
  const { source, volume = 1, intervalMs = 0 } = item;
  return { source: checkClip(source, `${name}.source`), volume, intervalMs };
}

function isDetailed(item: Sequence['items'][number]): item is SequenceItem {
  return typeof item === 'object' && item !== null && 'source' in item;
}

function checkClip(source: unknown, name: string): ClipSource {
  const checked = checkPlainSource(source, name);
  if (checked.kind !== 'stream') return checked;
  const allowed = 'BuiltinAudioClip.HOLD_MUSIC, audio files, URLs and bytes';
  throw refusal('source-unsupported', name, `is a stream of frames; allowed in a sequence: ${allowed}`);
}

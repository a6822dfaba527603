import { checkNumber } from '../check-number.js';
import { HoldAudioError } from '../hold-audio-error.js';
import { checkPlainSource } from './check-plain-source.js';
import type { ClipSource } from './checked-source.js';

const MAX_VOLUME = 10;
const MAX_INTERVAL_MS = 600_000;

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

/** Checks the items of a `Sequence`. */
export function checkSequence(items: unknown): SequenceSource {
  if (!Array.isArray(items) || items.length === 0) {
    throw new HoldAudioError('invalid-option', '"source" is a sequence of nothing; allowed: a list of clips');
  }
  return { kind: 'sequence', items: items.map((item, i) => checkItem(item, `source.items[${i}]`)) };
}

function checkItem(item: unknown, name: string): SequencedSource {
  const isDetailed = typeof item === 'object' && item !== null && 'source' in item;
  if (!isDetailed) return { source: checkClip(item, name), volume: 1, intervalMs: 0 };
  const { source, volume, intervalMs } = item as Readonly<Record<string, unknown>>;
  return {
    source: checkClip(source, `${name}.source`),
    volume: checkNumber(volume ?? 1, `${name}.volume`, 0, MAX_VOLUME),
    intervalMs: checkNumber(intervalMs ?? 0, `${name}.intervalMs`, 0, MAX_INTERVAL_MS),
  };
}

function checkClip(source: unknown, name: string): ClipSource {
  const checked = checkPlainSource(source, name);
  if (checked.kind !== 'stream') return checked;
  throw new HoldAudioError(
    'source-unsupported',
    `"${name}" is a stream of frames; allowed in a sequence: BuiltinAudioClip.HOLD_MUSIC, audio files, URLs and bytes`,
  );
}

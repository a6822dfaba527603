import {
  either,
  list,
  milliseconds,
  number,
  type OptionCheck,
  required,
  rule,
  shape,
  type ShapeFields,
  shownByKind,
} from '@org/support';
import type { AudioConfig } from './audio-config.js';
import type { ClipSequenceItem } from './clip-sequence.js';

/** A required value; its kind is determined when it is parsed. */
export const something: OptionCheck = required(rule('a source of audio', isReadable, shownByKind));
const volume = number(0, 10);

const config: ShapeFields<AudioConfig> = { source: something, volume, probability: number(0, Number.MAX_VALUE) };
const sequenceItem: ShapeFields<ClipSequenceItem> = { source: something, volume, intervalMs: milliseconds(0, 600_000) };

function isDetailed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'source' in value && !(Symbol.asyncIterator in value);
}

function isSequence(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'sequence';
}

/** Throws, which counts as false, for a revoked proxy. */
export function isReadable(value: unknown): boolean {
  return typeof Array.isArray(value) === 'boolean';
}

/** The shape of a source; its kind is determined when it is parsed. */
export const source: OptionCheck = either(
  'a source of audio',
  [Array.isArray, list(shape(config, 'an AudioConfig, { source, volume, probability }'), 1)],
  [
    isSequence,
    shape({
      kind: something,
      items: required(list(either('a clip', [isDetailed, shape(sequenceItem)], [isReadable, something]), 1)),
    }),
  ],
  [isDetailed, shape(config)],
  [isReadable, () => []],
);

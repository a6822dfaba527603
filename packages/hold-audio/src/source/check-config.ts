import { checkNumber } from '../check-number.js';
import { HoldAudioError } from '../hold-audio-error.js';
import { checkPlainSource } from './check-plain-source.js';
import type { WeightedSource } from './checked-source.js';

const MAX_VOLUME = 10;

/** Checks one `AudioConfig`; `name` is how a message calls it. */
export function checkConfig(config: unknown, name: string): WeightedSource {
  if (typeof config !== 'object' || config === null || !('source' in config)) {
    throw new HoldAudioError('invalid-option', `"${name}" is no AudioConfig; allowed: { source, volume, probability }`);
  }
  const { source, volume, probability } = config as Readonly<Record<string, unknown>>;
  return {
    source: checkPlainSource(source, `${name}.source`),
    volume: checkNumber(volume ?? 1, `${name}.volume`, 0, MAX_VOLUME),
    probability: checkNumber(probability ?? 1, `${name}.probability`, 0, Number.MAX_VALUE),
  };
}

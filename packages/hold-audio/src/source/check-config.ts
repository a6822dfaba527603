import type { AudioConfig } from './audio-config.js';
import { checkPlainSource } from './check-plain-source.js';
import type { WeightedSource } from './checked-source.js';

/** Parses one `AudioConfig`, whose shape has been checked; `name` is how a message calls it. */
export function checkConfig(config: AudioConfig, name: string): WeightedSource {
  const { source, volume = 1, probability = 1 } = config;
  return { source: checkPlainSource(source, `${name}.source`), volume, probability };
}

import { PhoneLabError } from '../phone-lab-error.js';
import { parseLineNetwork, type LineNetwork } from '../network/line-network.js';
import { validateLineSound, type LineSound } from './line-sound.js';

/** A phone's line: the faults of its network, when it sends, and what it does to sound. */
export type LineOptions = LineNetwork & LineSound;

/** Rejects options of a line that cannot be honored, with `invalid-option`. */
export function validateLineOptions(line: LineOptions): void {
  parseLineNetwork(line);
  validateLineSound(line);
  if (!line.silenceSuppression) return;
  // Both send sound without end, so there is no silence to suppress.
  for (const name of ['comfortNoise', 'echo'] as const) {
    if (line[name] === undefined) continue;
    throw new PhoneLabError('invalid-option', `line.silenceSuppression must be false on a line with line.${name}`);
  }
}

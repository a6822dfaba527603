import { parseLineNetwork } from '../line/line-network.js';
import { PhoneLabError } from '../phone-lab-error.js';
import type { PhoneOptions } from './phone.js';

/** What telephony codecs carry, Hz. */
const [lowest, highest] = [100, 3400];

/** Refuses options that the phone could not honor. */
export function checkPhoneOptions(options: PhoneOptions): void {
  checkFrequency('voice', options.voice);
  for (const [word, frequency] of Object.entries(options.vocabulary ?? {}))
    checkFrequency(`vocabulary.${word}`, frequency);
  parseLineNetwork(options.line ?? {});
}

function checkFrequency(name: string, frequency: number | undefined): void {
  if (frequency === undefined || (frequency >= lowest && frequency <= highest)) return;
  throw new PhoneLabError(
    'invalid-option',
    `${name} must be a frequency from ${lowest} to ${highest} Hz, not ${frequency}`,
  );
}

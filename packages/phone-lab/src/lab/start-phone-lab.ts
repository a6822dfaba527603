import { PhoneLabError } from '../phone-lab-error.js';
import type { PhoneLabOptions } from './lab-options.js';
import type { PhoneLab } from './phone-lab.js';

export async function startPhoneLab(_options: PhoneLabOptions = {}): Promise<PhoneLab> {
  throw new PhoneLabError('no-server', 'not in this build');
}

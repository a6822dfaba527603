import { BriefingError } from './briefing-error.js';
import { shown } from './require.js';

/** Keys of the phone, each one of `0-9 * #`. */
export interface Keys {
  /** Default `1`. */
  readonly accept: string;
  /** Default `2`. */
  readonly decline: string;
}

export const defaultKeys: Keys = Object.freeze({ accept: '1', decline: '2' });

/** Fills in the defaults; `null` is no keys at all. */
export function checkKeys(given: Partial<Keys> | null | undefined): Keys | null {
  if (given === null) return null;
  const keys = { ...defaultKeys, ...given };
  for (const name of ['accept', 'decline'] as const) {
    const key: unknown = keys[name];
    if (typeof key !== 'string' || !/^[0-9*#]$/.test(key)) {
      throw new BriefingError(
        'invalid-option',
        `keys.${name} must be one of 0-9, * and #, as a text, not ${shown(key)}`,
      );
    }
  }
  if (keys.accept === keys.decline) {
    throw new BriefingError('invalid-option', 'keys.accept and keys.decline must be two different keys');
  }
  return keys;
}

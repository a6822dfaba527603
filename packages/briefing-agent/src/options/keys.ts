import { withDefaults } from '@org/support';

/** Keys of the phone, each one of `0-9 * #`. */
export interface Keys {
  /** Default `1`. */
  readonly accept: string;
  /** Default `2`. */
  readonly decline: string;
}

export const defaultKeys: Keys = Object.freeze({ accept: '1', decline: '2' });

/** Fills in the defaults; `null` is no keys at all. The keys themselves have been checked. */
export function withDefaultKeys(given: Partial<Keys> | null | undefined): Keys | null {
  return given === null ? null : withDefaults(defaultKeys, given);
}

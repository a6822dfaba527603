import { withDefaults } from '@org/support';

/** The keys of the phone that decide, each one of `0-9 * #`. */
export interface BriefingKeys {
  /** Accepts the caller. Default `1`. */
  readonly accept: string;
  /** Declines. Default `2`. */
  readonly decline: string;
}

export const defaultKeys: BriefingKeys = Object.freeze({ accept: '1', decline: '2' });

/** Adds the defaults to validated keys; `null` means no keys. */
export function withDefaultKeys(given: Partial<BriefingKeys> | null | undefined): BriefingKeys | null {
  return given === null ? null : withDefaults(defaultKeys, given);
}

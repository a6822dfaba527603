import { createRequire } from 'node:module';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { SipDialerError } from '../sip-dialer-error.js';
import type { NumberCheck } from './check-number.js';
import { requireThat } from '../options/validate.js';

/** The functions used of `libphonenumber-js`. */
interface NumberLibrary {
  readonly isSupportedCountry: (country: string) => country is CountryCode;
  readonly parsePhoneNumberFromString: (
    text: string,
    options: { readonly defaultCountry: CountryCode; readonly extract: false },
  ) => PhoneNumber | undefined;
}

const packageName = 'libphonenumber-js';

/** Loaded with the first request that needs it: its tables are larger than the rest of the dialer. */
function loadLibrary(): unknown {
  return createRequire(import.meta.url)(`${packageName}/max`);
}

const acceptable: Readonly<Record<NumberCheck, (number: PhoneNumber) => boolean>> = {
  strict: (number) => number.isValid(),
  lenient: (number) => number.isPossible(),
  off: () => true,
};

/** Returns the E.164 form of a number as it is written or dialed in `country`, or anywhere if it begins with `+`. */
export function normalizeNumber(
  text: string,
  country: string,
  mode: NumberCheck,
  load: () => unknown = loadLibrary,
): string {
  const { isSupportedCountry, parsePhoneNumberFromString } = requireLibrary(load);
  requireThat(
    isSupportedCountry(country),
    'defaultCountry',
    'a country of ISO 3166-1 alpha-2 in upper case, such as US or DE',
  );
  const number = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  requireThat(
    number !== undefined && acceptable[mode](number),
    'to',
    `a phone number of ${country}, or one with + and country code; without defaultCountry it may be anything else`,
  );
  requireThat(number.ext === undefined, 'to', 'a number without extension; dtmf can dial that after the answer');
  return number.number;
}

function requireLibrary(load: () => unknown): NumberLibrary {
  try {
    return load() as NumberLibrary;
  } catch {
    // The cause is omitted, since it names local paths; the remedy is always the same.
    const sentence = `defaultCountry needs the package ${packageName}: npm install ${packageName}`;
    throw new SipDialerError('missing-option', sentence, { option: 'defaultCountry' });
  }
}

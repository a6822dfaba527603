import { isObject, type OptionCheck, problem, rule, shownByKind, string, text } from '@org/support';

/** Headers that make up the call, with their short forms (RFC 3261 section 7.3.3). A second one makes the INVITE malformed. */
const coreHeaders = new Set(
  (
    'accept accept-encoding accept-language allow allow-events call-id contact content-encoding content-length content-type ' +
    'cseq event expires from max-forwards record-route refer-to reply-to route to via c e f i k l m o r t u v'
  ).split(' '),
);

/** RFC 3261 section 25.1, `token`. */
const token = /^[\w.!%*+`'~-]{1,255}$/;

/** A string in one line: a line break in a SIP field would start another header. May be empty. */
export const lineOrEmpty: OptionCheck = inOneLine(string);
/** A string in one line that is not blank. */
export const line: OptionCheck = inOneLine(text);

function inOneLine(check: OptionCheck): OptionCheck {
  return (value, option) => {
    const found = check(value, option);
    const isBroken = found.length === 0 && typeof value === 'string' && /\p{Cc}/u.test(value);
    return isBroken ? [problem(option, 'must be a string without control characters')] : found;
  };
}

/** Extra headers of a request, by name. */
export const headers: OptionCheck = headerMap((name, value, option) => {
  if (typeof value !== 'string') return `must have strings as values; ${name} is ${shownByKind(value)}`;
  const isPrintable = value.length <= 1024 && !/[^\P{Cc}\t]/u.test(value);
  return (
    whyNotExtra(name) ??
    (isPrintable
      ? undefined
      : `must have printable text of at most 1024 characters in one line; ${option}.${name} is not`)
  );
});

/** Attributes by the headers that they are made of. */
export const headersToAttributes: OptionCheck = headerMap(
  (name, value) => whyNoName(name) ?? (typeof value === 'string' ? undefined : NOT_STRINGS),
);

/** Headers by the attributes that they are made of. */
export const attributesToHeaders: OptionCheck = headerMap((_name, value) =>
  typeof value === 'string' ? whyNotExtra(value) : NOT_STRINGS,
);

const NOT_STRINGS = 'must have strings as values';

function headerMap(whyNot: (name: string, value: unknown, option: string) => string | undefined): OptionCheck {
  return (value, option) => {
    if (value === undefined) return [];
    if (!isObject(value))
      return [problem(option, `must be an object with strings as values, not ${shownByKind(value)}`)];
    return Object.entries(value)
      .map(([name, one]) => whyNot(name, one, option))
      .filter((reason) => reason !== undefined)
      .map((reason) => problem(option, reason));
  };
}

function whyNoName(name: string): string | undefined {
  return token.test(name)
    ? undefined
    : "must be free of headers whose names aren't SIP tokens (letters, digits and -.!%*_+`'~)";
}

function whyNotExtra(name: string): string | undefined {
  const isCore = coreHeaders.has(name.toLowerCase());
  return whyNoName(name) ?? (isCore ? `must be free of core headers; ${name} belongs to the call itself` : undefined);
}

/** The server puts the name between quotes. */
export const displayName: OptionCheck = rule(
  'at most 128 characters without " and \\, in one line',
  (value) => typeof value === 'string' && value.length <= 128 && !/["\\]|\p{Cc}/u.test(value),
  shownByKind,
);

/** Host name or address, optionally with a port. */
export const host: OptionCheck = (value, option) => {
  const found = line(value, option);
  const isUri = found.length === 0 && typeof value === 'string' && /[@;]|^sips?:/i.test(value);
  return isUri ? [problem(option, 'must be a host name or address, not a URI')] : found;
};

/** ISO 3166-1 alpha-2. */
export const country: OptionCheck = rule(
  'a country of ISO 3166-1 alpha-2, such as US or DE',
  (value) => typeof value === 'string' && /^[a-z]{2}$/i.test(value),
);

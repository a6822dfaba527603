import { requireTexts, requireThat } from './check-option.js';

/** Headers that make up the call, with their short forms (RFC 3261 section 7.3.3). A second one makes the INVITE malformed. */
const coreHeaders = new Set(
  (
    'accept accept-encoding accept-language allow allow-events call-id contact content-encoding content-length content-type ' +
    'cseq event expires from max-forwards record-route refer-to reply-to route to via c e f i k l m o r t u v'
  ).split(' '),
);

/** RFC 3261 section 25.1, `token`. */
const token = /^[\w.!%*+`'~-]{1,255}$/;

/** Refuses what the server would refuse, and what would let a value become a header of its own. */
export function checkHeaders(headers: Readonly<Record<string, string>>, option = 'headers'): Record<string, string> {
  for (const [name, value] of Object.entries(requireTexts(headers, option))) {
    requireExtraHeader(name, option);
    const printable = value.length <= 1024 && !/[^\P{Cc}\t]/u.test(value);
    requireThat(printable, option, `printable text of at most 1024 characters in one line; ${name} is not`);
  }
  return { ...headers };
}

/** Refuses what is no name of a header, and the headers that make up the call. */
export function requireExtraHeader(name: string, option: string): void {
  requireHeaderName(name, option);
  requireThat(!coreHeaders.has(name.toLowerCase()), option, `free of core headers; ${name} belongs to the call itself`);
}

export function requireHeaderName(name: string, option: string): void {
  requireThat(
    token.test(name),
    option,
    "free of headers whose names aren't SIP tokens (letters, digits and -.!%*_+`'~)",
  );
}

/** Values that may be secret: a key in a header is longer than the words of an error. */
export function secretsIn(headers: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.values(headers).filter(({ length }) => length >= 8);
}

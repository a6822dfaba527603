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
    requireThat(token.test(name), option, "named by SIP tokens (letters, digits and -.!%*_+`'~)");
    requireThat(
      !coreHeaders.has(name.toLowerCase()),
      option,
      `free of core headers; ${name} belongs to the call itself`,
    );
    const printable = value.length <= 1024 && !/[^\P{Cc}\t]/u.test(value);
    requireThat(printable, option, `printable text of at most 1024 characters in one line; ${name} is not`);
  }
  return { ...headers };
}

/** Values that may be secret: a key in a header is longer than the words of an error. */
export function secretsIn(headers: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.values(headers).filter(({ length }) => length >= 8);
}

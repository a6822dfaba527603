export type Redactor = (text: string) => string;

/** Header and payload of every JSON Web Token begin with the base64 of `{"`. */
const jsonWebToken = /eyJ[\w-]+(?:\.[\w-]*){0,2}/g;

/** The characters that people and servers write between the digits of a number. */
const separators = String.raw`[\s().\/-]*`;

/** Matches a secret; a phone number in every notation, with or without its plus. */
function patternOf(secret: string): string {
  const digits = secret.replaceAll(/[^\d]/g, '');
  const isNumber = digits.length > 5 && /^\+?[\d\s()./-]+$/.test(secret);
  return isNumber
    ? String.raw`\+?` + Array.from(digits).join(separators)
    : secret.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

/** Creates a function that removes tokens and the given strings from a message. The server's message about a wrong secret has the whole token. */
export function createRedactor(secrets: readonly (string | undefined)[]): Redactor {
  // Longest first: one may contain another. A string of one or two characters would garble every message and hide nothing.
  const known = secrets
    .filter((secret): secret is string => secret !== undefined && secret.length > 2)
    .toSorted((a, b) => b.length - a.length)
    .map((secret) => new RegExp(patternOf(secret), 'g'));
  return (text) =>
    known.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text.replace(jsonWebToken, '[token]'));
}

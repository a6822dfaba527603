export type Redactor = (text: string) => string;

/** Header and payload of any JSON Web Token begin with the base64 of `{"`. */
const jsonWebToken = /eyJ[\w-]+(?:\.[\w-]*){0,2}/g;

/** What people and servers put between the digits of a number. */
const separators = String.raw`[\s().\/-]*`;

/** Finds a secret; a phone number in every way of writing it, with its plus or without. */
function patternOf(secret: string): string {
  const digits = secret.replaceAll(/[^\d]/g, '');
  const isNumber = digits.length > 5 && /^\+?[\d\s()./-]+$/.test(secret);
  return isNumber
    ? String.raw`\+?` + Array.from(digits).join(separators)
    : secret.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

/** Takes tokens and the given strings out of a text. The server's message about a wrong secret holds the whole token. */
export function createRedactor(secrets: readonly (string | undefined)[]): Redactor {
  // Longest first: one may hold another. A string of one or two characters would spoil every message and hides nothing.
  const known = secrets
    .filter((secret): secret is string => secret !== undefined && secret.length > 2)
    .toSorted((a, b) => b.length - a.length)
    .map((secret) => new RegExp(patternOf(secret), 'g'));
  return (text) =>
    known.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text.replace(jsonWebToken, '[token]'));
}

export type Redactor = (text: string) => string;

/** Header and payload of any JSON Web Token begin with the base64 of `{"`. */
const jsonWebToken = /eyJ[\w-]+(?:\.[\w-]*){0,2}/g;

/** Takes tokens and the given strings out of a text. The server's message about a wrong secret holds the whole token. */
export function createRedactor(secrets: readonly (string | undefined)[]): Redactor {
  // Longest first: one may hold another. A string of one or two characters would spoil every message and hides nothing.
  const known = secrets
    .filter((secret) => secret !== undefined && secret.length > 2)
    .toSorted((a, b) => (b?.length ?? 0) - (a?.length ?? 0)) as string[];
  return (text) =>
    known.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text.replace(jsonWebToken, '[token]'));
}

/** Values that may be secret: a key in a header is longer than the words of an error. */
export function secretsIn(headers: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.values(headers).filter(({ length }) => length >= 8);
}

/** Returns the values that may be secret. A key in a header has eight characters or more; shorter values may be words of an error. */
export function secretsIn(headers: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.values(headers).filter(({ length }) => length >= 8);
}

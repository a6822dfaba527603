const MOST_CHARACTERS = 40;

/** A value as its user has written it, shortened. Never throws. */
export function shown(value: unknown): string {
  if (typeof value !== 'string') return shownByKind(value);
  return JSON.stringify(value.length > MOST_CHARACTERS ? `${value.slice(0, MOST_CHARACTERS)}…` : value);
}

/** A value without the words of a string, which may be personal or secret. Never throws. */
export function shownByKind(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return shownText(value);
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'bigint':
      return `${value}n`.slice(0, MOST_CHARACTERS);
    case 'object':
      return value === null ? 'null' : shownObject(value);
    default:
      return String(value);
  }
}

function shownText(value: string): string {
  if (value === '') return 'an empty string';
  if (value.trim() === '') return 'a blank string';
  return `a string of ${value.length} characters`;
}

function shownObject(value: object): string {
  try {
    if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
    const name: unknown = value.constructor?.name;
    const isNamed = typeof name === 'string' && name !== '' && name !== 'Object';
    return isNamed ? `an object of class ${name.slice(0, MOST_CHARACTERS)}` : 'an object';
  } catch {
    return 'an object that cannot be read';
  }
}

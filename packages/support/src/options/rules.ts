import { problem, type OptionCheck, type OptionProblem } from './option-problem.js';
import { shown, shownByKind } from './shown.js';

/** The longest time of a timer, some 24 days. */
export const LONGEST_MS: number = 2 ** 31 - 1;

/** Allows what `isAllowed` is true for. `show` says how a refused value is written. */
export function rule(
  allowed: string,
  isAllowed: (value: unknown) => boolean,
  show: (value: unknown) => string = shown,
): OptionCheck {
  return (value, option) =>
    value === undefined || holds(isAllowed, value) ? [] : [problem(option, `must be ${allowed}, not ${show(value)}`)];
}

/** Values of the user may throw when they are looked at, such as a revoked proxy. */
function holds(isAllowed: (value: unknown) => boolean, value: unknown): boolean {
  try {
    return isAllowed(value);
  } catch {
    return false;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

/** Text that is not blank; a blank one counts as missing. Its words are not repeated: they may be personal. */
export const text: OptionCheck = missingIfBlank(rule('a string that is not empty', isText, shownByKind));
export const string: OptionCheck = rule('a string', (value) => typeof value === 'string', shownByKind);
/** A key or password: an error shows only its kind. */
export const secret: OptionCheck = missingIfBlank(rule('a string that is not empty', isText, kindOf));
export const serverUrl: OptionCheck = rule(
  'a URL that begins with ws://, wss://, http:// or https://',
  (value) => typeof value === 'string' && /^(?:ws|http)s?:\/\/[^/]/.test(value),
  shownByKind,
);
export const flag: OptionCheck = rule('true or false', (value) => typeof value === 'boolean');
export const callback: OptionCheck = rule('a function', (value) => typeof value === 'function', shownByKind);
export const signal: OptionCheck = rule('an AbortSignal', (value) => value instanceof AbortSignal, shownByKind);

function missingIfBlank(check: OptionCheck): OptionCheck {
  return (value, option) => {
    const found = check(value, option);
    return isBlank(value) ? found.map((one): OptionProblem => ({ ...one, isMissing: true })) : found;
  };
}

function kindOf(value: unknown): string {
  return isBlank(value) ? shownByKind(value) : `a value of type ${value === null ? 'null' : typeof value}`;
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

/** A number, without coercion: a string of digits is none. */
export function number(min: number, max: number, unit = 'a number'): OptionCheck {
  return rule(
    max === Number.MAX_VALUE ? `${unit} of ${min} or more` : `${unit} from ${min} to ${max}`,
    (value) => typeof value === 'number' && value >= min && value <= max,
  );
}

export function milliseconds(min = 1, max: number = LONGEST_MS): OptionCheck {
  return number(min, max, 'a number of milliseconds');
}

export function whole(min: number, max: number = Number.MAX_SAFE_INTEGER): OptionCheck {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return rule(
    `a whole number ${range}`,
    (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max,
  );
}

export function oneOf(...names: readonly string[]): OptionCheck {
  return rule(
    names.length === 1 ? `'${names[0]}'` : `one of ${names.map((name) => `'${name}'`).join(', ')}`,
    (value) => typeof value === 'string' && names.includes(value),
  );
}

/** One key of a telephone, as a string. */
export function key(keys: RegExp, allowed: string): OptionCheck {
  return rule(`one key of ${allowed}, as a string`, (value) => typeof value === 'string' && keys.test(value));
}

/** An object by the methods that are called; `what` is its name, with its article. */
export function object(what: string, ...methods: readonly string[]): OptionCheck {
  return rule(
    methods.length === 0 ? what : `${what}, with ${methods.map((method) => `${method}()`).join(', ')}`,
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      methods.every((method) => typeof Reflect.get(value, method) === 'function'),
    shownByKind,
  );
}

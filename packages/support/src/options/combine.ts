import { problem, type OptionCheck } from './option-problem.js';
import { checkField, isObject, namesOf } from './shape.js';
import { shownByKind } from './shown.js';

/** Refuses `undefined` as well. */
export function required(check: OptionCheck): OptionCheck {
  return (value, option) => {
    if (value !== undefined) return check(value, option);
    // Says the allowed values in the words of the check itself.
    const [refused] = check(null, option);
    const allowed = refused?.reason.replace(/, not null$/, '') ?? 'must be given';
    return [{ ...problem(option, `is missing: it ${allowed}`), isMissing: true }];
  };
}

/** Allows `null` as well. */
export function nullable(check: OptionCheck): OptionCheck {
  return (value, option) => {
    if (value === null) return [];
    return check(value, option).map((found) =>
      found.option === option ? { ...found, reason: found.reason.replace(/^must be /, 'must be null or ') } : found,
    );
  };
}

/** Refuses the option, saying why, where another one takes its place. */
export function absent(why: string): OptionCheck {
  return (value, option) => (value === undefined ? [] : [problem(option, why)]);
}

/** Allows what one of the cases is for; the first case whose test is true checks the value. */
export function either(
  allowed: string,
  ...cases: readonly (readonly [test: (value: unknown) => boolean, check: OptionCheck])[]
): OptionCheck {
  return (value, option) => {
    if (value === undefined) return [];
    const found = cases.find(([test]) => passes(test, value));
    return found === undefined
      ? [problem(option, `must be ${allowed}, not ${shownByKind(value)}`)]
      : found[1](value, option);
  };
}

function passes(test: (value: unknown) => boolean, value: unknown): boolean {
  try {
    return test(value);
  } catch {
    return false;
  }
}

/** A list of at least `least` values, each of which is given and passes the check. */
export function list(check: OptionCheck, least = 0): OptionCheck {
  const item = required(check);
  return (value, option) => {
    if (value === undefined) return [];
    if (!passes(Array.isArray, value) || !Array.isArray(value) || value.length < least) {
      const allowed = least === 0 ? 'a list' : `a list of at least ${least}`;
      return [problem(option, `must be ${allowed}, not ${shownByKind(value)}`)];
    }
    return Array.from(value.keys()).flatMap((index) => checkField(value, String(index), item, `${option}[${index}]`));
  };
}

/** An object with names of the user's choice, whose values pass the check. A `Map` is none. */
export function record(check: OptionCheck, what = 'a plain object'): OptionCheck {
  return (value, option) => {
    if (value === undefined) return [];
    if (!isObject(value)) return [problem(option, `must be ${what}, not ${shownByKind(value)}`)];
    return namesOf(value).flatMap((name) => checkField(value, name, check, `${option}.${name}`));
  };
}

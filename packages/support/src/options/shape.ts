import { nearestName } from './nearest-name.js';
import { problem, type OptionCheck, type OptionProblem } from './option-problem.js';
import { shownByKind } from './shown.js';

/** The options of an object by name, each with its check: none may be forgotten. */
export type ShapeFields<Options = Record<string, unknown>> = { readonly [Name in keyof Options]-?: OptionCheck };

/** An object with these options. Names that it does not have are refused, with the nearest one that it has. */
export function shape(fields: Readonly<Record<string, OptionCheck>>, what = 'an object'): OptionCheck {
  return (value, option) => {
    if (value === undefined) return [];
    if (!isObject(value)) return [problem(option, `must be ${what}, not ${shownByKind(value)}`)];
    return [
      ...unknownNames(value, Object.keys(fields), option),
      ...Object.entries(fields).flatMap(([name, check]) => checkField(value, name, check, below(option, name))),
    ];
  };
}

/** Reads and checks one field: a getter of the user may throw. */
export function checkField(value: object, name: string, check: OptionCheck, option: string): readonly OptionProblem[] {
  let field: unknown;
  try {
    field = Reflect.get(value, name);
  } catch {
    return [problem(option, 'cannot be read: its getter throws')];
  }
  return check(field, option);
}

/** Names that are not among the known ones, and whose value is not `undefined`. */
export function unknownNames(value: object, known: readonly string[], option = ''): readonly OptionProblem[] {
  return namesOf(value)
    .filter((name) => !known.includes(name) && isGiven(value, name))
    .map((name) => {
      const nearest = nearestName(name, known);
      const hint = nearest === undefined ? '' : `; did you mean \`${below(option, nearest)}\`?`;
      return problem(below(option, name), `is unknown${hint}`);
    });
}

/** Own names, none where they cannot be read. */
export function namesOf(value: object): readonly string[] {
  try {
    return Object.keys(value);
  } catch {
    return [];
  }
}

function isGiven(value: object, name: string): boolean {
  try {
    return Reflect.get(value, name) !== undefined;
  } catch {
    return true;
  }
}

/** Whether options can be read from it: an object that is no list, `Map`, `Date` or the like. */
export function isObject(value: unknown): value is object {
  try {
    return (
      typeof value === 'object' &&
      value !== null &&
      Object.prototype.toString.call(value) === '[object Object]' &&
      !(value instanceof AbortController)
    );
  } catch {
    return false;
  }
}

function below(option: string, name: string): string {
  return option === '' ? name : `${option}.${name}`;
}

import { inspect } from 'node:util';
import { wrongValues } from './wrong-values.js';

/** The place of the options: a constructor or a method. */
export interface OptionSubject {
  /** Takes options and performs a call that must be refused before it begins; may be asynchronous. */
  readonly take: (options: object) => unknown;
  /** Options that are right. Fresh at each call. */
  readonly right: () => object;
  /** Whether an error is the package's own, for misuse of options. */
  readonly isRefusal: (error: unknown) => boolean;
}

/**
 * Gives every wrong value to one option, and a getter that throws. Returns where the option was not refused by its name
 * though the value is not among `allowed`, or was refused though it is.
 */
export async function misuse(
  { take, right, isRefusal }: OptionSubject,
  option: string,
  allowed: readonly string[],
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [name, value] of [...wrongValues, [GETTER, undefined] as const]) {
    const options = right();
    const isSet = name === GETTER ? define(options, option, { get: fail }) : define(options, option, { value });
    if (!isSet) throw new Error(`the right options have nothing at ${option}`);
    const thrown: unknown = await attempt(take, options);
    const what = judge(thrown, option, allowed.includes(name), isRefusal);
    if (what !== undefined) faults.push(`${name} ${what}`);
  }
  return faults;
}

const GETTER = 'getter that throws';

function fail(): never {
  throw new RangeError('the getter of the user');
}

async function attempt(take: OptionSubject['take'], options: object): Promise<unknown> {
  try {
    await take(options);
    return undefined;
  } catch (error) {
    return error;
  }
}

function judge(
  thrown: unknown,
  option: string,
  isAllowed: boolean,
  isRefusal: OptionSubject['isRefusal'],
): string | undefined {
  if (isAllowed) return thrown === undefined ? undefined : `is allowed, and was refused: ${inspect(thrown)}`;
  if (thrown === undefined) return 'passed';
  if (!isRefusal(thrown)) return `threw raw: ${inspect(thrown).slice(0, 200)}`;
  const { message } = thrown as Error;
  return message.includes(`\`${option}`) ? undefined : `was refused by another name: ${message.slice(0, 200)}`;
}

/** Sets what stands at a path such as `targets[0].name`; false where there is nothing to set it on. */
function define(options: object, option: string, property: PropertyDescriptor): boolean {
  const path = option.split(/[.[\]]+/).filter((part) => part !== '');
  const last = path.pop() ?? '';
  let holder: unknown = options;
  for (const part of path)
    holder = typeof holder === 'object' && holder !== null ? Reflect.get(holder, part) : undefined;
  if (typeof holder !== 'object' || holder === null) return false;
  Object.defineProperty(holder, last, { ...property, configurable: true, enumerable: true });
  return true;
}

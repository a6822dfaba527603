/** One fault of one option. */
export interface OptionProblem {
  /** Path of the option as the user wrote it, such as `targets[1].ringingTimeout`. */
  readonly option: string;
  /** The problem, to be read behind the name: "must be true or false, not 1". */
  readonly reason: string;
  /** Whether the option was left out, or is blank. */
  readonly isMissing?: true;
}

/**
 * Checks one value and returns all that is wrong with it and below it. `option` is its path, empty for the whole of the
 * options. `undefined` is allowed unless the check is `required()`. Never throws, and never changes the value.
 */
export type OptionCheck = (value: unknown, option: string) => readonly OptionProblem[];

export function problem(option: string, reason: string): OptionProblem {
  return { option, reason };
}

/** The problems of a whole, called `name`: that is how its user knows it. */
export function checkWhole(check: OptionCheck, value: unknown, name = 'options'): readonly OptionProblem[] {
  return check(value, '').map((found) => (found.option === '' ? { ...found, option: name } : found));
}

/** All problems in one sentence, for the message of an error. */
export function describeProblems(problems: readonly Pick<OptionProblem, 'option' | 'reason'>[]): string {
  return problems.map(({ option, reason }) => `\`${option}\` ${reason}`).join('; ');
}

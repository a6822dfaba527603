/** One fault of one option. */
export interface OptionProblem {
  /** Path of the option as the user wrote it, such as `targets[1].ringingTimeout`. */
  readonly option: string;
  /** What is wrong with it, to be read behind the name: "must be true or false, not 1". */
  readonly reason: string;
  /** Whether the option was left out. */
  readonly isMissing?: true;
}

/**
 * Checks one value and returns all that is wrong with it and below it. `option` is its path, empty for the whole of the
 * options. `undefined` is allowed unless the check is `required()`. Never throws, and never changes the value.
 */
export type OptionCheck = (value: unknown, option: string) => readonly OptionProblem[];

export function problem(option: string, reason: string): OptionProblem {
  return { option: option === '' ? 'options' : option, reason };
}

/** All problems in one sentence, for the message of an error. */
export function describeProblems(problems: readonly OptionProblem[]): string {
  return problems.map(({ option, reason }) => `\`${option}\` ${reason}`).join('; ');
}

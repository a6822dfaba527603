import { problem, type OptionProblem } from '@org/support';
import { refuse } from '../checks/validate.js';
import { callOrder, placedTargets, type PlacedTarget } from './parse-targets.js';
import { isDepartment } from './routing-options.js';
import type { DirectoryOptions } from './routing-options.js';
import type { Targets } from './transfer-target.js';

/** A plan, or a function that finds it out, and how its user knows it. */
interface NamedTargets {
  readonly given: Targets;
  readonly option: string;
}

/**
 * Refuses early what can be seen to be wrong; what a resolver gives is looked at when it does.
 *
 * @param option the user's name of `targets`.
 * @returns the targets that are known already.
 * @throws WarmTransferError `invalid-option`
 */
export function checkDirectory(options: DirectoryOptions, option: string): readonly PlacedTarget[] {
  const { targets, departments = {}, department } = options;
  if ((targets === undefined) === (department === undefined)) {
    const names = 'one of `sipCallTo`, `targets` and `department`';
    refuse([
      problem(
        'targets',
        targets === undefined ? `is missing: give ${names}` : `is one too many: give ${names}, not two`,
      ),
    ]);
  }
  if (department !== undefined && options.departments === undefined) {
    refuse([problem('department', 'needs `departments`')]);
  }
  const named = [
    ...(targets === undefined ? [] : [{ given: targets, option }]),
    ...Object.entries(departments).map(([name, given]) =>
      isDepartment(given)
        ? { given: given.targets, option: `departments.${name}.targets` }
        : { given, option: `departments.${name}` },
    ),
  ];
  refuse(named.flatMap(emptiness));
  return named.flatMap(({ given, option: at }) => (typeof given === 'function' ? [] : placedTargets(given, at)));
}

function emptiness({ given, option }: NamedTargets): readonly OptionProblem[] {
  if (typeof given === 'function') return [];
  const isEmpty = callOrder(given, option).stages.every(({ targets }) => targets.length === 0);
  return isEmpty ? [problem(option, 'must not be empty')] : [];
}

import { problem, type OptionProblem } from '@org/support';
import { throwIfInvalid } from '../checks/validate.js';
import { parseTargets, placedTargets, type PlacedTarget } from './parse-targets.js';
import { isDepartment, type RoutingOptions } from './routing-options.js';
import type { Targets } from './transfer-target.js';

/** A plan, or a function that returns it, and its path in the options. */
interface NamedTargets {
  readonly given: Targets;
  readonly option: string;
}

/**
 * Validates targets and departments; the results of resolvers are validated when they are called.
 *
 * @returns the targets that are known without a resolver
 * @throws WarmTransferError `invalid-option`
 */
export function validateRouting(options: RoutingOptions): readonly PlacedTarget[] {
  const { sipCallTo, departments = {}, department } = options;
  if (sipCallTo !== undefined && options.targets !== undefined) {
    throwIfInvalid([problem('targets', 'is one too many: give `sipCallTo` or `targets`, not both')]);
  }
  const [targets, option] = sipCallTo === undefined ? [options.targets, 'targets'] : [sipCallTo, 'sipCallTo'];
  if ((targets === undefined) === (department === undefined)) {
    const names = 'one of `sipCallTo`, `targets` and `department`';
    throwIfInvalid([
      problem(
        'targets',
        targets === undefined ? `is missing: give ${names}` : `is one too many: give ${names}, not two`,
      ),
    ]);
  }
  if (department !== undefined && options.departments === undefined) {
    throwIfInvalid([problem('department', 'needs `departments`')]);
  }
  const named = [
    ...(targets === undefined ? [] : [{ given: targets, option }]),
    ...Object.entries(departments).map(([name, given]) =>
      isDepartment(given)
        ? { given: given.targets, option: `departments.${name}.targets` }
        : { given, option: `departments.${name}` },
    ),
  ];
  throwIfInvalid(named.flatMap(emptiness));
  return named.flatMap(({ given, option: at }) => (typeof given === 'function' ? [] : placedTargets(given, at)));
}

function emptiness({ given, option }: NamedTargets): readonly OptionProblem[] {
  if (typeof given === 'function') return [];
  const isEmpty = parseTargets(given, option).stages.every(({ targets }) => targets.length === 0);
  return isEmpty ? [problem(option, 'must not be empty')] : [];
}

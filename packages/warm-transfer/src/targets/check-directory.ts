import { WarmTransferError } from '../warm-transfer-error.js';
import { callOrder } from './call-order.js';
import { checkOpeningHours } from './opening-hours.js';
import { type DirectoryOptions, isDepartment } from './target-directory.js';
import type { Targets, TransferTarget } from './transfer-target.js';

/**
 * Refuses at the door what can be seen to be wrong; what a resolver gives is looked at when it does.
 *
 * @throws WarmTransferError `invalid-option`
 */
export function checkDirectory(options: DirectoryOptions, check: (target: TransferTarget) => void): void {
  const { targets, departments, department, openingHours, isOpen, isPresent } = options;
  if ((targets === undefined) === (department === undefined)) {
    throw invalid(
      targets === undefined
        ? 'nobody to call: give `sipCallTo`, `targets` or `department`'
        : 'give one of `sipCallTo`, `targets` and `department`, not two',
    );
  }
  if (department !== undefined && departments === undefined) throw invalid('`department` needs `departments`');
  for (const [name, hook] of Object.entries({ isOpen, isPresent })) {
    if (hook !== undefined && typeof hook !== 'function') throw invalid(`\`${name}\` must be a function`);
  }
  if (openingHours !== undefined) checkOpeningHours(openingHours, 'openingHours');
  if (targets !== undefined) checkTargets(targets, 'targets', check);
  for (const [name, given] of Object.entries(departments ?? {})) {
    const option = `departments.${name}`;
    if (isDepartment(given)) {
      if (given.openingHours !== undefined) checkOpeningHours(given.openingHours, `${option}.openingHours`);
      checkTargets(given.targets, `${option}.targets`, check);
    } else checkTargets(given, option, check);
  }
}

function checkTargets(targets: Targets, option: string, check: (target: TransferTarget) => void): void {
  if (typeof targets === 'function') return;
  const { stages } = callOrder(targets, option);
  if (stages.every((stage) => stage.targets.length === 0)) throw invalid(`\`${option}\` must not be empty`);
  for (const stage of stages) for (const target of stage.targets) check(target);
}

const invalid = (message: string): WarmTransferError => new WarmTransferError('invalid-option', message);

import { type OptionProblem, problem } from '@org/support';
import type { PolicyAction } from '../../machine/types/policy-action.js';
import { policyAnswer } from './policy-shape.js';
import { validate } from '../checks/validate.js';
import { findDepartment } from '../targets/find-department.js';
import type { PolicyAnswer, PolicyStep, TransferPolicy } from './transfer-policy.js';

/**
 * Returns the problems of redirects to unknown departments; the results of functions are validated when they are
 * called.
 *
 * @param departments the names of all departments
 */
export function redirectProblems(
  policy: TransferPolicy | undefined,
  departments: readonly string[],
): readonly OptionProblem[] {
  if (policy === undefined || typeof policy === 'function') return [];
  const known = departments.length === 0 ? 'there are no `departments`' : `those are ${departments.join(', ')}`;
  return Object.entries(policy).flatMap(([status, answer]) => {
    if (typeof answer === 'function') return [];
    return parsePolicy(answer, `policy.${status}`)
      .map((action) => (action.type === 'redirect' ? action.department : undefined))
      .filter((department) => department !== undefined && findDepartment(departments, department) === undefined)
      .map((department) =>
        problem(`policy.${status}`, `redirects to ${JSON.stringify(department)}, which is not a department: ${known}`),
      );
  });
}

/** @throws WarmTransferError `invalid-option` */
export function parsePolicy(answer: PolicyAnswer, option: string): readonly PolicyAction[] {
  validate(policyAnswer, answer, option);
  return (isList(answer) ? answer : [answer]).map(parseStep);
}

function parseStep(step: PolicyStep): PolicyAction {
  if (typeof step === 'string') return { type: step };
  if ('redirect' in step) return { type: 'redirect', department: step.redirect };
  return { type: 'cold-transfer', to: step.coldTransfer };
}

const isList = (answer: PolicyAnswer): answer is readonly PolicyStep[] => Array.isArray(answer);

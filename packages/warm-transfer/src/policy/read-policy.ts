import type { PolicyAction } from '../machine/policy-action.js';
import { findDepartment } from '../targets/find-department.js';
import { WarmTransferError } from '../warm-transfer-error.js';
import { checkSentTo } from './check-sent-to.js';
import type { PolicyAnswer, PolicyStatus, PolicyStep, TransferPolicy } from './transfer-policy.js';

const plainSteps = ['return', 'next-target', 'redirect', 'voicemail-message', 'hang-up'] as const;

/** Every status, so that a misspelled one is refused. */
const statuses: Readonly<Record<PolicyStatus, true>> = {
  'no-answer': true,
  busy: true,
  rejected: true,
  unreachable: true,
  'invalid-number': true,
  'trunk-rejected': true,
  declined: true,
  voicemail: true,
  silent: true,
  'human-left': true,
  'timed-out': true,
  'merge-failed': true,
  failed: true,
  'no-target': true,
  'outside-hours': true,
};

/**
 * What is not a function is known before anybody is put on hold.
 *
 * @param departments names of those that can be redirected to.
 * @throws WarmTransferError `invalid-option`
 */
export function checkPolicy(policy: TransferPolicy | undefined, departments: readonly string[]): void {
  if (policy === undefined || typeof policy === 'function') return;
  for (const [status, answer] of Object.entries(policy)) {
    if (!(status in statuses)) {
      throw invalid(`\`policy.${status}\` is no status to decide about; those are ${Object.keys(statuses).join(', ')}`);
    }
    if (typeof answer === 'function') continue;
    for (const action of readPolicy(answer, `policy.${status}`)) {
      const { department } = action.type === 'redirect' ? action : {};
      if (department === undefined || findDepartment(departments, department) !== undefined) continue;
      const known = departments.length === 0 ? 'there are no `departments`' : `those are ${departments.join(', ')}`;
      throw invalid(
        `\`policy.${status}\` redirects to ${JSON.stringify(department)}, which is no department: ${known}`,
      );
    }
  }
}

/** @throws WarmTransferError `invalid-option` */
export function readPolicy(answer: PolicyAnswer, option: string): readonly PolicyAction[] {
  return (isList(answer) ? answer : [answer]).map((step) => readStep(step, option));
}

function readStep(step: PolicyStep, option: string): PolicyAction {
  if (typeof step === 'object' && step !== null) {
    if ('redirect' in step && filled(step.redirect)) return { type: 'redirect', department: step.redirect };
    if ('coldTransfer' in step && filled(step.coldTransfer)) {
      checkSentTo(step.coldTransfer, option);
      return { type: 'cold-transfer', to: step.coldTransfer };
    }
  }
  const plain = plainSteps.find((known) => known === step);
  if (plain === undefined) {
    throw invalid(
      `\`${option}\` must be ${plainSteps.join(', ')}, { redirect }, { coldTransfer }, or a list of such, not ${JSON.stringify(step)}`,
    );
  }
  return { type: plain };
}

const isList = (answer: PolicyAnswer): answer is readonly PolicyStep[] => Array.isArray(answer);
const filled = (text: unknown): boolean => typeof text === 'string' && text.trim() !== '';
const invalid = (message: string): WarmTransferError => new WarmTransferError('invalid-option', message);

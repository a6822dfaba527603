import type { PolicyAction } from '../machine/policy-action.js';
import { WarmTransferError } from '../warm-transfer-error.js';
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

/** @throws WarmTransferError `invalid-option` */
export function checkPolicy(policy: TransferPolicy | undefined): void {
  if (policy === undefined || typeof policy === 'function') return;
  for (const [status, answer] of Object.entries(policy)) {
    if (!(status in statuses)) {
      throw invalid(`\`policy.${status}\` is no status to decide about; those are ${Object.keys(statuses).join(', ')}`);
    }
    if (typeof answer !== 'function') readPolicy(answer, `policy.${status}`);
  }
}

/** @throws WarmTransferError `invalid-option` */
export function readPolicy(answer: PolicyAnswer, option: string): readonly PolicyAction[] {
  return (isList(answer) ? answer : [answer]).map((step) => readStep(step, option));
}

function readStep(step: PolicyStep, option: string): PolicyAction {
  if (typeof step === 'object' && step !== null) {
    if ('redirect' in step && filled(step.redirect)) return { type: 'redirect', department: step.redirect };
    if ('coldTransfer' in step && filled(step.coldTransfer)) return { type: 'cold-transfer', to: step.coldTransfer };
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

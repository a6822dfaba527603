import { either, isObject, list, oneOf, type OptionCheck, required, shape, type ShapeFields, text } from '@org/support';
import type { PolicyStatus } from './transfer-policy.js';
import { elsewhere, isFunction, isString, referTarget } from '../checks/common-checks.js';

const steps = "'return', 'next-target', 'redirect', 'voicemail-message', 'hang-up', { redirect } or { coldTransfer }";

const step = either(
  steps,
  [isString, oneOf('return', 'next-target', 'redirect', 'voicemail-message', 'hang-up')],
  [(value) => isObject(value) && 'redirect' in value, shape({ redirect: required(text) })],
  [(value) => isObject(value) && 'coldTransfer' in value, shape({ coldTransfer: referTarget })],
);

/** One step, or a list of steps. */
export const policyAnswer: OptionCheck = either(
  `${steps}, or a list of such`,
  [Array.isArray, list(step)],
  [isAny, step],
);

function isAny(): boolean {
  return true;
}

const answer = either(`${steps}, a list of such, or a function`, [isFunction, elsewhere], [isAny, policyAnswer]);

const byStatus: ShapeFields<Record<PolicyStatus, unknown>> = {
  'no-answer': answer,
  busy: answer,
  rejected: answer,
  unreachable: answer,
  'invalid-number': answer,
  'trunk-rejected': answer,
  declined: answer,
  voicemail: answer,
  'no-speech': answer,
  'human-disconnected': answer,
  'timed-out': answer,
  'merge-failed': answer,
  failed: answer,
  'no-target': answer,
  closed: answer,
};

export const policy: OptionCheck = either(
  'a function, or answers by status',
  [isFunction, elsewhere],
  [isAny, shape(byStatus)],
);

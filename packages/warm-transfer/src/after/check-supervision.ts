import type { Supervision } from '../machine/plan.js';
import { WarmTransferError } from '../warm-transfer-error.js';

const allowed: Readonly<Record<keyof Supervision, readonly string[]>> = {
  humanHangsUp: ['hang-up', 'return'],
  lineLost: ['hang-up', 'return'],
  callerLeaves: ['release', 'tell'],
};

/** @throws WarmTransferError `invalid-option` */
export function checkSupervision(supervision: Supervision = {}): void {
  for (const [name, value] of Object.entries(supervision)) {
    const values = Object.entries(allowed).find(([known]) => known === name)?.[1];
    if (values === undefined) {
      throw invalid(`\`supervision.${name}\` is unknown; known are ${Object.keys(allowed).join(', ')}`);
    }
    if (value !== undefined && !values.includes(value)) {
      throw invalid(`\`supervision.${name}\` must be ${values.join(' or ')}, not ${String(value)}`);
    }
  }
}

const invalid = (message: string): WarmTransferError => new WarmTransferError('invalid-option', message);

import { WarmTransferError } from '../warm-transfer-error.js';
import { isMs, LONGEST_MS, shown } from '../limits.js';
import { checkOpeningHours } from './opening-hours.js';
import type { TargetLike, TargetPlan, TransferTarget } from './transfer-target.js';

/** A target plan with everything said in one way. */
export interface CallOrder {
  readonly stages: readonly { readonly targets: readonly TransferTarget[]; readonly nextAfterMs?: number }[];
  readonly winner: 'answer' | 'accept';
}

const winners: readonly unknown[] = ['answer', 'accept'];

/**
 * Reads a plan in any of its forms. `option` names it in what is refused.
 *
 * @throws WarmTransferError `invalid-option`
 */
export function callOrder(plan: TargetPlan, option: string): CallOrder {
  if (typeof plan !== 'string' && (typeof plan !== 'object' || plan === null)) throw notAPlan(option);
  if (typeof plan === 'string' || 'sipCallTo' in plan) {
    return { stages: [{ targets: [readTarget(plan, option)] }], winner: 'answer' };
  }
  if ('ringAll' in plan) {
    const targets = readList(plan.ringAll, `${option}.ringAll`);
    return { stages: [{ targets }], winner: readWinner(plan.winner, option) };
  }
  if ('stages' in plan) {
    const stages = plan.stages.map(({ targets, nextAfterMs }, index) => {
      const at = `${option}.stages[${index}]`;
      if (nextAfterMs !== undefined && !isMs(nextAfterMs)) {
        const range = `a number of milliseconds, more than 0 and at most ${LONGEST_MS}`;
        throw invalid(`\`${at}.nextAfterMs\` must be ${range}, not ${shown(nextAfterMs)}`);
      }
      return {
        targets: isList(targets) ? readList(targets, `${at}.targets`) : [readTarget(targets, `${at}.targets`)],
        ...(nextAfterMs === undefined ? {} : { nextAfterMs }),
      };
    });
    return { stages, winner: readWinner(plan.winner, option) };
  }
  if (!isList(plan)) throw notAPlan(option);
  return { stages: readList(plan, option).map((target) => ({ targets: [target] })), winner: 'answer' };
}

/** Two ways to the same phone are the same target, so that nobody is called twice. */
export function targetKey({ sipCallTo, dtmf }: TransferTarget): string {
  return dtmf == null ? sipCallTo : `${sipCallTo};${dtmf}`;
}

function readList(targets: readonly TargetLike[], option: string): readonly TransferTarget[] {
  const read = targets.map((target, index) => readTarget(target, `${option}[${index}]`));
  const keys = read.map(targetKey);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice >= 0) throw invalid(`\`${option}[${twice}]\` is in the list twice; a phone is called once per transfer`);
  return read;
}

function readTarget(target: TargetLike, option: string): TransferTarget {
  const read = typeof target === 'string' ? { sipCallTo: target } : target;
  if (typeof read.sipCallTo !== 'string' || read.sipCallTo.trim() === '') {
    throw invalid(`\`${option}\` must be a phone number or SIP URI, or have one as \`sipCallTo\``);
  }
  if (read.openingHours !== undefined) checkOpeningHours(read.openingHours, `${option}.openingHours`);
  return read;
}

function readWinner(winner: 'answer' | 'accept' | undefined, option: string): 'answer' | 'accept' {
  if (winner !== undefined && !winners.includes(winner)) {
    throw invalid(`\`${option}.winner\` must be answer or accept, not ${winner}`);
  }
  return winner ?? 'answer';
}

// `Array.isArray` does not tell a readonly array from the other members of a union.
const isList = (value: TargetPlan): value is readonly TargetLike[] => Array.isArray(value);

const notAPlan = (option: string): WarmTransferError =>
  invalid(`\`${option}\` must be a phone number, a target, a list of targets, { ringAll } or { stages }`);

const invalid = (message: string): WarmTransferError => new WarmTransferError('invalid-option', message);

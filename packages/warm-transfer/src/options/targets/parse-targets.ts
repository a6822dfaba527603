import { plainNumber } from '@org/sip-dialer';
import { problem } from '@org/support';
import { targetPlan } from './target-shapes.js';
import { throwIfInvalid, validate } from '../checks/validate.js';
import type { TargetLike, TargetPlan, TransferTarget } from './transfer-target.js';

/** A target plan in its normalized form. */
export interface RingPlan {
  readonly stages: readonly { readonly targets: readonly TransferTarget[]; readonly nextAfterMs?: number }[];
  readonly winner: 'answer' | 'accept';
}

/** A target, and its path in the options. */
export interface PlacedTarget {
  readonly target: TransferTarget;
  readonly option: string;
  /** The path of its number. */
  readonly numberOption: string;
}

/**
 * Parses a plan in any of its forms. `option` is its name in errors.
 *
 * @throws WarmTransferError `invalid-option`
 */
export function parseTargets(plan: TargetPlan, option: string): RingPlan {
  validate(targetPlan, plan, option);
  const stages = placedStages(plan, option).map(({ placed, ...rest }) => ({
    ...rest,
    targets: placed.map(({ target }) => target),
  }));
  return { stages, winner: getWinner(plan) };
}

/** Returns all targets of a parsed plan. */
export function placedTargets(plan: TargetPlan, option: string): readonly PlacedTarget[] {
  return placedStages(plan, option).flatMap(({ placed }) => placed);
}

interface PlacedStage {
  readonly placed: readonly PlacedTarget[];
  readonly nextAfterMs?: number;
}

function placedStages(plan: TargetPlan, option: string): readonly PlacedStage[] {
  if (isList(plan)) return placeList(plan, option).map((one) => ({ placed: [one] }));
  if (typeof plan === 'string' || 'sipCallTo' in plan) return [{ placed: [place(plan, option)] }];
  if ('ringAll' in plan) return [{ placed: placeList(plan.ringAll, `${option}.ringAll`) }];
  return plan.stages.map(({ targets, nextAfterMs }, index) => {
    const at = `${option}.stages[${index}].targets`;
    return {
      placed: isList(targets) ? placeList(targets, at) : [place(targets, at)],
      ...(nextAfterMs === undefined ? {} : { nextAfterMs }),
    };
  });
}

function getWinner(plan: TargetPlan): RingPlan['winner'] {
  const { winner } = typeof plan === 'object' && 'winner' in plan ? plan : {};
  return winner ?? 'answer';
}

function place(target: TargetLike, option: string): PlacedTarget {
  return typeof target === 'string'
    ? { target: { sipCallTo: target }, option, numberOption: option }
    : { target, option, numberOption: `${option}.sipCallTo` };
}

function placeList(targets: readonly TargetLike[], option: string): readonly PlacedTarget[] {
  const placed = targets.map((target, index) => place(target, `${option}[${index}]`));
  const keys = placed.map(({ target }) => targetKey(target));
  const twice = placed.filter((_one, index) => keys.indexOf(keys[index] ?? '') !== index);
  throwIfInvalid(twice.map((one) => problem(one.option, 'is in the list twice; a phone is called once per transfer')));
  return placed;
}

/** Returns a key that is the same for two forms of one number, so that no phone is called twice. */
export function targetKey({ sipCallTo, dtmf }: TransferTarget): string {
  const number = plainNumber(sipCallTo);
  return dtmf == null ? number : `${number};${dtmf}`;
}

// `Array.isArray` does not tell a readonly array from the other members of a union.
const isList = (value: TargetPlan): value is readonly TargetLike[] => Array.isArray(value);

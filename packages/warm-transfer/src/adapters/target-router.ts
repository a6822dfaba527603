import { type RoutingOptions, isDepartment } from '../options/targets/routing-options.js';
import type { Plan } from '../machine/types/plan.js';
import type { ClockPort, Resolution, TargetsPort } from '../runtime/ports.js';
import { parseTargets, targetKey, type RingPlan } from '../options/targets/parse-targets.js';
import { findDepartment } from '../options/targets/find-department.js';
import { isWithinHours, type OpeningHours } from '../options/targets/opening-hours.js';
import type { Targets, TransferTarget } from '../options/targets/transfer-target.js';

interface TargetRouterOptions extends RoutingOptions {
  readonly clock: Pick<ClockPort, 'now'>;
  /** Throws for a target that could not be dialed. */
  readonly check: (target: TransferTarget) => void;
}

interface Entry {
  readonly targets: Targets;
  readonly department?: string;
  readonly hours: readonly OpeningHours[];
}

const closed: Resolution = { type: 'unresolved', ending: { kind: 'ending', status: 'closed' } };
const noTarget = (why: 'unknown-department' | 'empty' | 'not-present'): Resolution => ({
  type: 'unresolved',
  ending: { kind: 'ending', status: 'no-target', why },
});

/** Resolves the targets that can be called now, in order, and has their options. */
export class TargetRouter implements TargetsPort {
  readonly #parts: TargetRouterOptions;
  readonly #known: Map<string, TransferTarget> = new Map();
  readonly #departments: Map<string, string> = new Map();

  constructor(parts: TargetRouterOptions) {
    this.#parts = parts;
  }

  /** Returns a target that `resolve` returned. */
  find(key: string): TransferTarget {
    const target = this.#known.get(key);
    if (target === undefined) throw new Error('a target that was not resolved cannot be called');
    return target;
  }

  /** Returns the department for which `resolve` last returned a target. */
  departmentOf(key: string): string | undefined {
    return this.#departments.get(key);
  }

  /** Resolves synchronously unless a function of the user has to be called. */
  resolve(department: string | undefined, signal: AbortSignal): Resolution | Promise<Resolution> {
    const entry = this.#entryOf(department ?? this.#parts.department);
    if (entry === undefined) return noTarget('unknown-department');
    const now = new Date(this.#parts.clock.now());
    if (entry.hours.some((hours) => !isWithinHours(hours, now))) return closed;
    const { isOpen, isPresent } = this.#parts;
    if (typeof entry.targets === 'function' || isOpen !== undefined || isPresent !== undefined) {
      return this.#ask(entry, now, signal);
    }
    return this.#openNow(parseTargets(entry.targets, 'targets'), now, entry.department);
  }

  async #ask({ targets, department }: Entry, now: Date, signal: AbortSignal): Promise<Resolution> {
    const { isOpen, isPresent } = this.#parts;
    if (isOpen !== undefined && !(await isOpen(now, department))) return closed;
    const plan =
      typeof targets === 'function'
        ? await targets({ ...(department === undefined ? {} : { department }), signal })
        : targets;
    if (plan == null) return noTarget('empty');
    const order = parseTargets(plan, 'targets');
    if (isPresent === undefined) return this.#openNow(order, now, department);
    const present = new Set<TransferTarget>();
    const asked = order.stages.flatMap(({ targets: ofStage }) => ofStage);
    await Promise.all(
      asked.map(async (target) => {
        if (await isPresent(target, signal)) present.add(target);
      }),
    );
    if (asked.length > 0 && present.size === 0) return noTarget('not-present');
    return this.#openNow(
      only(order, (target) => present.has(target)),
      now,
      department,
    );
  }

  #openNow(order: RingPlan, now: Date, department: string | undefined): Resolution {
    if (order.stages.every(({ targets }) => targets.length === 0)) return noTarget('empty');
    const open = only(order, ({ openingHours }) => openingHours === undefined || isWithinHours(openingHours, now));
    if (open.stages.length === 0) return closed;
    return { type: 'resolved', plan: this.#planOf(open, department) };
  }

  #planOf({ stages, winner }: RingPlan, department: string | undefined): Plan {
    return {
      winner,
      stages: stages.map(({ targets, ...rest }) => ({
        ...rest,
        targets: targets.map((target) => {
          const key = targetKey(target);
          this.#parts.check(target);
          this.#known.set(key, target);
          if (department === undefined) this.#departments.delete(key);
          else this.#departments.set(key, department);
          return key;
        }),
      })),
    };
  }

  #entryOf(department: string | undefined): Entry | undefined {
    const { sipCallTo, targets = sipCallTo, departments = {}, openingHours } = this.#parts;
    const common = openingHours === undefined ? [] : [openingHours];
    if (department === undefined) return targets === undefined ? undefined : { targets, hours: common };
    const name = findDepartment(Object.keys(departments), department);
    const found = name === undefined ? undefined : departments[name];
    if (name === undefined || found === undefined) return undefined;
    if (!isDepartment(found)) return { targets: found, department: name, hours: common };
    const own = found.openingHours === undefined ? common : [found.openingHours];
    return { targets: found.targets, department: name, hours: own };
  }
}

function only({ stages, winner }: RingPlan, wanted: (target: TransferTarget) => boolean): RingPlan {
  const left = stages.map(({ targets, ...rest }) => ({ ...rest, targets: targets.filter(wanted) }));
  return { stages: left.filter(({ targets }) => targets.length > 0), winner };
}

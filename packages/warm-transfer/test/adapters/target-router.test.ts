import { describe, expect, it } from 'vitest';
import { toBriefingOptions } from '../../src/wiring/briefing-options.js';
import { resolveLimits } from '../../src/options/limits.js';
import type { Resolution } from '../../src/runtime/ports.js';
import { findDepartment } from '../../src/options/targets/find-department.js';
import type { OpeningHours } from '../../src/options/targets/opening-hours.js';
import { TargetRouter } from '../../src/adapters/target-router.js';
import type { RoutingOptions } from '../../src/options/targets/routing-options.js';
import { optionsWithoutServer } from '../support/without-server.ts';

const ada = '+15550141';
const bea = '+15550142';
const cleo = '+15550143';
const never: OpeningHours = { timeZone: 'Etc/UTC', week: {} };
const signal = new AbortController().signal;

const directory = (options: RoutingOptions): TargetRouter =>
  new TargetRouter({
    clock: { now: () => Date.UTC(2026, 10, 23, 12) },
    check: ({ sipCallTo }) => {
      if (sipCallTo.includes('bad')) throw new Error('this cannot be dialed');
    },
    ...options,
  });

const stages = async (resolution: Resolution | Promise<Resolution>): Promise<unknown> => {
  const resolved = await resolution;
  return resolved.type === 'resolved' ? resolved.plan.stages : resolved.ending;
};

const nobody = (why: string): object => ({ kind: 'ending', status: 'no-target', why });
const closed = { kind: 'ending', status: 'closed' };

describe('whom to call', () => {
  it('is known immediately when no function has to be called', () => {
    expect(directory({ targets: ada }).resolve(undefined, signal)).toEqual({
      type: 'resolved',
      plan: { winner: 'answer', stages: [{ targets: [ada] }] },
    });
  });

  it.each<[string, RoutingOptions['targets'], unknown]>([
    ['a list is called one after the other', [ada, bea], [{ targets: [ada] }, { targets: [bea] }]],
    ['several in parallel are one stage', { ringAll: [ada, bea] }, [{ targets: [ada, bea] }]],
    [
      'stages are kept, with their times',
      { stages: [{ targets: ada, nextAfterMs: 15_000 }, { targets: [bea, cleo] }] },
      [{ targets: [ada], nextAfterMs: 15_000 }, { targets: [bea, cleo] }],
    ],
    [
      'the same phone with other keys is another target',
      [{ sipCallTo: ada, dtmf: '1' }, ada],
      [{ targets: [`${ada};1`] }, { targets: [ada] }],
    ],
    ['a resolver is asked', async () => [ada], [{ targets: [ada] }]],
    ['a resolver that returns nothing has no target', () => undefined, nobody('empty')],
    ['a resolver that returns an empty list has no target', async () => [], nobody('empty')],
    ['a target that is closed is left out', [{ sipCallTo: ada, openingHours: never }, bea], [{ targets: [bea] }]],
    ['targets that are all closed are none', [{ sipCallTo: ada, openingHours: never }], closed],
  ])('is resolved: %s', async (_claim, targets, expected) => {
    expect(await stages(directory({ targets }).resolve(undefined, signal))).toEqual(expected);
  });

  it('is of the department that was asked for, whose name the briefing gets', async () => {
    const asked = directory({
      departments: { Billing: [ada], Sales: { targets: async () => [ada, bea] } },
      department: 'billing',
    });
    await asked.resolve(undefined, signal);
    expect([ada, bea].map((key) => asked.departmentOf(key))).toEqual(['Billing', undefined]);
    await asked.resolve('sales', signal);
    expect([ada, bea].map((key) => asked.departmentOf(key))).toEqual(['Sales', 'Sales']);
    const target = asked.find(ada);
    const { names } = toBriefingOptions(optionsWithoutServer(), target, resolveLimits(), asked.departmentOf(ada));
    expect(names).toEqual({ department: 'Sales' });
  });

  it('keeps what a target says about itself', async () => {
    const known = directory({ targets: () => ({ sipCallTo: ada, name: 'Ada', ringingTimeout: 5_000 }) });
    await known.resolve(undefined, signal);
    expect(known.find(ada)).toEqual({ sipCallTo: ada, name: 'Ada', ringingTimeout: 5_000 });
    expect(() => known.find(bea)).toThrow('not resolved');
  });

  it('validates the result of a resolver as at any option', async () => {
    await expect(directory({ targets: () => ['bad'] }).resolve(undefined, signal)).rejects.toThrow('cannot be dialed');
    await expect(directory({ targets: () => [''] }).resolve(undefined, signal)).rejects.toThrow('`targets[0]`');
  });

  it('calls no target outside the hours, and asks isOpen beside them', async () => {
    const asked: unknown[] = [];
    const isOpen = (now: Date, department?: string): boolean => {
      asked.push([now.toISOString(), department]);
      return false;
    };
    expect(await stages(directory({ targets: ada, openingHours: never, isOpen }).resolve(undefined, signal))).toEqual(
      closed,
    );
    expect(asked).toEqual([]);
    const departments = { billing: ada };
    expect(await stages(directory({ department: 'billing', departments, isOpen }).resolve(undefined, signal))).toEqual(
      closed,
    );
    expect(asked).toEqual([['2026-11-23T12:00:00.000Z', 'billing']]);
  });

  it('calls only targets that are present', async () => {
    const present = (...numbers: string[]): TargetRouter =>
      directory({ targets: [ada, bea, cleo], isPresent: async ({ sipCallTo }) => numbers.includes(sipCallTo) });
    expect(await stages(present(bea, cleo).resolve(undefined, signal))).toEqual([
      { targets: [bea] },
      { targets: [cleo] },
    ]);
    expect(await stages(present().resolve(undefined, signal))).toEqual(nobody('not-present'));
  });
});

describe('departments', () => {
  const departments = { Billing: [ada], 'Technical Support': { targets: bea, openingHours: never } };

  it('are found by name, with hours of their own', async () => {
    const known = directory({ department: 'billing', departments });
    expect(await stages(known.resolve(undefined, signal))).toEqual([{ targets: [ada] }]);
    expect(await stages(known.resolve('technical support', signal))).toEqual(closed);
    expect(await stages(known.resolve('sales', signal))).toEqual(nobody('unknown-department'));
  });

  it.each([
    ['BILLING', 'Billing'],
    ['try the billing department, please', 'Billing'],
    ['technical-support', 'Technical Support'],
    ['support', undefined],
    ['billing or technical support', undefined],
    ['', undefined],
  ])('%j is %s', (said, found) => {
    expect(findDepartment(Object.keys(departments), said)).toBe(found);
  });
});

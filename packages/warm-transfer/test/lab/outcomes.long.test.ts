import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransferStatus } from '../../src/index.js';
import { startCallCenter } from '../support/call-center.js';
import { type Joining, joinings, talk } from '../support/joined.js';
import { expectAiBack, expectCallerLeft, expectNothingLeft, expectOutcome, Places } from '../support/outcome-places.js';
import { outcomeCases } from '../support/outcome-cases.js';

let places: Places;
let cloud: PhoneLab;

beforeAll(async () => {
  cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
  places = await Places.open();
});
afterAll(() => Promise.all([places[Symbol.asyncDispose](), cloud.close()]));

const furtherCases = Object.entries(outcomeCases).flatMap(([status, [, ...others]]) =>
  others.map((one) => ({ status: status as TransferStatus, ...one })),
);

describe.concurrent('the outcome', () => {
  it.each(furtherCases)(
    'is $status: $cause',
    async ({ status, ...one }) => {
      using lane = await places.take();
      await expectOutcome(lane.its, status, one);
    },
    60_000,
  );

  it.each(['ringing', 'briefing'] as const)(
    'is caller-left: they hang up in the phase "%s"',
    async (when) => {
      using lane = await places.take();
      await expectCallerLeft(lane.its, when);
    },
    60_000,
  );
});

const everywhere: readonly { readonly how: string; readonly joining: Joining }[] = [
  { how: 'a bridge', joining: joinings.bridge },
  { how: 'a move', joining: joinings.move },
  { how: 'a promoted bridge', joining: joinings.rejoin },
];

describe.each(everywhere)('a connected call by $how', ({ joining }) => {
  const labOf = async () =>
    joining.by === 'move' ? { its: { lab: cloud }, [Symbol.dispose]: () => undefined } : places.take();
  afterAll(async () => {
    if (joining.by === 'move') await expectNothingLeft(cloud);
  });

  it('part when the line is lost, and the caller has the AI; joined again, when the human agent hangs up', async () => {
    using lane = await labOf();
    await using center = await startCallCenter(lane.its.lab);
    expect(await talk(joining, center, (human) => human.line.lose('removed'))).toMatchObject({
      by: 'line',
      caller: 'returned',
    });
    await expectAiBack(center);
    expect(await talk(joining, center, (human) => human.hangUp())).toMatchObject({ by: 'human', caller: 'hung-up' });
    await center.caller.untilEnded();
  }, 60_000);

  it('part when the caller hangs up', async () => {
    using lane = await labOf();
    await using center = await startCallCenter(lane.its.lab);
    expect(await talk(joining, center, () => center.caller.hangUp())).toMatchObject({ by: 'caller', caller: 'left' });
  }, 60_000);
});

import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectMerged } from '../support/expect-merged.ts';
import { expectSubscribed } from '../support/expect-subscribed.ts';
import { ways } from '../support/merge-by.ts';
import { expectRefused, oneWayCalls } from '../support/one-way-calls.ts';
import { cells, titleOf } from '../support/situations.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab({ cloud: { noResponseMs: 300 } });
});
afterAll(async () => {
  await lab.close();
});

// Each timeout is five times the wanted one, for a busy machine.
describe.concurrent('a merge', { timeout: 60_000 }, () => {
  it.each(cells.map((cell) => [titleOf(cell), cell] as const))('succeeds: %s', async (_title, cell) => {
    await expectMerged(lab, cell);
  });

  it.each(ways)('by %s subscribes a caller who subscribes to nothing by themselves', async (way) => {
    await expectSubscribed(lab, way);
  });

  const oneWay = oneWayCalls.flatMap((call) => call.ways.map((way) => [way, call.side, call.name, call] as const));

  it.each(oneWay)('by %s is refused for a %s %s', async (way, _side, _name, call) => {
    await expectRefused(lab, way, call);
  });
});

import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TransferStatus } from '../../src/index.js';
import { startCallCenter } from '../support/call-center.js';
import { joinings, talk } from '../support/joined.js';
import { expectAiBack, expectCallerLeft, expectNothingLeft, expectOutcome, Places } from '../support/outcome-places.js';
import { outcomeCases } from '../support/outcome-cases.js';

let places: Places;
let cloud: PhoneLab;

beforeAll(async () => {
  cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
  places = await Places.open();
  // A value given as an option has precedence.
  vi.stubEnv('LIVEKIT_URL', 'ws://127.0.0.1:9');
  vi.stubEnv('LIVEKIT_API_SECRET', 'of another server');
  vi.stubEnv('LIVEKIT_SIP_OUTBOUND_TRUNK', 'ST_another');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([places[Symbol.asyncDispose](), cloud.close()]);
});

/** The first case of each outcome; the others are in the long tests. */
const firstCases = Object.entries(outcomeCases).flatMap(([status, [first]]) =>
  first === undefined ? [] : [{ status: status as TransferStatus, ...first }],
);

describe('the outcome', () => {
  it.each(firstCases)(
    'is $status: $cause',
    async ({ status, ...one }) => {
      using lane = await places.take();
      await expectOutcome(lane.its, status, one);
    },
    60_000,
  );

  it('is caller-left: they hang up during the merge', async () => {
    using lane = await places.take();
    await expectCallerLeft(lane.its, 'merging');
  }, 60_000);
});

describe('a connected call', () => {
  it('by a bridge part when the line is lost, and the caller has the AI; joined again, when the human agent hangs up', async () => {
    using lane = await places.take();
    await using center = await startCallCenter(lane.its.lab);
    expect(await talk(joinings.bridge, center, (human) => human.line.lose('removed'))).toMatchObject({
      by: 'line',
      caller: 'returned',
    });
    await expectAiBack(center);
    expect(await talk(joinings.bridge, center, (human) => human.hangUp())).toMatchObject({
      by: 'human',
      caller: 'hung-up',
    });
    await center.caller.untilEnded();
  }, 60_000);

  it('by a move part when the line is lost, and nothing is left', async () => {
    {
      await using center = await startCallCenter(cloud);
      expect(await talk(joinings.move, center, (human) => human.line.lose('removed'))).toMatchObject({
        by: 'line',
        caller: 'returned',
      });
      await expectAiBack(center);
    }
    await expectNothingLeft(cloud);
  }, 60_000);

  it('by a promoted bridge part when the caller hangs up', async () => {
    using lane = await places.take();
    await using center = await startCallCenter(lane.its.lab);
    expect(await talk(joinings.rejoin, center, () => center.caller.hangUp())).toMatchObject({
      by: 'caller',
      caller: 'left',
    });
  }, 60_000);
});

import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectMerged } from '../support/expect-merged.ts';
import { expectSubscribed } from '../support/expect-subscribed.ts';
import { expectRefused, oneWayCalls } from '../support/one-way-calls.ts';
import { cellOf } from '../support/situations.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

// One of each kind; `situations.long.test.ts` has all of them.
describe('a merge', () => {
  it.each([
    'a bridge connects a caller who stopped speaking 500 ms ago',
    'a bridge connects a human agent who stopped speaking 300 ms ago',
    'a bridge connects a caller who has pressed the hold key of their phone',
    'a bridge connects a human agent who has said yes on a phone that suppresses silence',
  ])('succeeds: %s', async (title) => {
    await expectMerged(lab, cellOf(title));
  });

  it('by a bridge subscribes a caller whose client subscribes to nothing, and does not mistake a recorder for the caller', async () => {
    await expectSubscribed(lab, 'bridge');
  });

  it.each(['track-broken', 'nobody-subscribes'])('by a bridge fails when a voice is lost: %s', async (cause) => {
    const call = oneWayCalls.find((one) => one.cause === cause && one.side === 'human');
    if (!call) throw new Error(`no one-way call: ${cause}`);
    await expectRefused(lab, 'bridge', call);
  });
});

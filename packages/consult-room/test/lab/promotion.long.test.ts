import { startPhoneLab } from '@org/phone-lab';
import { expect, it } from 'vitest';
import { report } from '../support/bridge-delays.ts';
import { measurePromotion } from '../support/measure-promotion.ts';
import { follow, followAndStay } from '../support/promoted-fixture.ts';

it('calls are promoted repeatedly, with the human agent heard twice or not at all for less than 750 ms', async () => {
  await using lab = await startPhoneLab();
  const changes = [];
  for (const script of [follow, followAndStay, follow, followAndStay])
    changes.push(await measurePromotion(lab, script));
  report('rejoin-changes', changes);
  for (const { gapMs, twiceMs } of changes) {
    // Wanted: 150 ms.
    expect(gapMs).toBeLessThan(750);
    expect(twiceMs).toBeLessThan(750);
  }
}, 120_000);

import { startPhoneLab } from '@org/phone-lab';
import { it } from 'vitest';
import { expectNothingLeftAfter } from '../support/cycles.ts';

it('leaves nothing behind after 200 rooms opened and closed while every API call may fail', async () => {
  await using lab = await startPhoneLab();
  await expectNothingLeftAfter(lab, 200);
}, 600_000);

import { startPhoneLab } from '@org/phone-lab';
import { it } from 'vitest';
import { expectNothingLeftAfter } from '../support/cycles.ts';

it('200 rooms, opened and closed while every API call may fail, leave nothing behind', async () => {
  await using lab = await startPhoneLab();
  await expectNothingLeftAfter(lab, 200);
}, 600_000);

import { startPhoneLab } from '@org/phone-lab';
import { it } from 'vitest';
import { expectNothingLeftAfter } from './support/cycles.ts';
import { expectSweptAfterKilling } from './support/killed-workers.ts';

it('frees the humans that killed workers have left, once their callers are gone, and touches no live call', async () => {
  await expectSweptAfterKilling(['ringing', 'held', 'promoting']);
}, 150_000);

it('finds nothing after 50 rooms opened and closed while every API call may go wrong', async () => {
  await using lab = await startPhoneLab();
  await expectNothingLeftAfter(lab, 50);
}, 120_000);

import { startPhoneLab } from '@org/phone-lab';
import { it } from 'vitest';
import { startCallCenter } from './call-center.js';
import { ringThree } from './ring-three.js';

it(
  'three phones at once, answered 5 ms apart, 200 times: one has the caller, and none rings on',
  async () => {
    await using lab = await startPhoneLab();
    await using center = await startCallCenter(lab);
    for (let round = 0; round < 200; round += 1) await ringThree(lab, center.options);
  },
  30 * 60_000,
);

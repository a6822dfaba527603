import { startPhoneLab } from '@org/phone-lab';
import { describe, it } from 'vitest';
import { startCallCenter } from './call-center.js';
import { ringThree } from './ring-three.js';

describe('three phones at once, answered 5 ms apart', () => {
  // A lab keeps what its phones heard, and all of them are in this process: a new lab after every fifty.
  it.each([1, 2, 3, 4])(
    'fifty times (%i of 4): one has the caller, and none rings on',
    async () => {
      await using lab = await startPhoneLab();
      await using center = await startCallCenter(lab);
      for (let round = 0; round < 50; round += 1) await ringThree(lab, center.options);
    },
    10 * 60_000,
  );
});

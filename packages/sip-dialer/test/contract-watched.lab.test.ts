import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { dialerContract } from '../src/testing.js';
import { labWorld } from './lab-world.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
}, 180_000);
afterAll(() => lab.close());

describe('on simulated phones, by a joined room', () => {
  test.each(dialerContract)('$title', async (contractCase) => {
    await using world = await labWorld(lab, { watched: true });
    await contractCase.run(world);
  });
});

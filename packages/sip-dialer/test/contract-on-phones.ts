import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { DialerContractCase } from '../src/testing.js';
import { labWorld } from './lab-world.js';

/**
 * Declares the tests of these cases on simulated phones.
 *
 * @param watched whether the dialer sees the leg in a joined room; else it can only ask who is in the room.
 */
export function describeContract(cases: readonly DialerContractCase[], { watched }: { watched: boolean }): void {
  describe(`on simulated phones, by ${watched ? 'a joined room' : 'the participant list'}`, () => {
    let lab: PhoneLab;
    beforeAll(async () => {
      lab = await startPhoneLab();
    }, 180_000);
    afterAll(() => lab.close());

    test.each(cases)('$title', async (contractCase) => {
      await using world = await labWorld(lab, { watched });
      await contractCase.run(world);
    });
  });
}

/** What the list does not change: the server's answer alone tells, or another moment of the same. */
export const isRepeated = ({ title }: DialerContractCase): boolean =>
  /^(SIP \d+ is|aborting (after )?-?\d+ ms)/.test(title) &&
  !/^SIP (486|503) is|^aborting after (50|300) ms/.test(title);

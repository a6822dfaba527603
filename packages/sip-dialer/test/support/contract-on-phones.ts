import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { DialerContractCase } from '../../src/testing.js';
import { labWorld } from './lab-harness.js';

/**
 * Declares the tests of these cases on simulated phones.
 *
 * @param cases.watched for a dialer that sees the leg in a joined room.
 * @param cases.listed for a dialer that can only ask who is in the room.
 */
export function describeContract(cases: Readonly<Record<'watched' | 'listed', readonly DialerContractCase[]>>): void {
  let lab: PhoneLab;
  beforeAll(async () => {
    lab = await startPhoneLab();
  }, 180_000);
  afterAll(() => lab.close());

  const run = (watched: boolean) => async (contractCase: DialerContractCase) => {
    await using world = await labWorld(lab, { watched });
    await contractCase.run(world);
  };
  describe.concurrent('on simulated phones', () => {
    test.each(cases.watched)('by a joined room: $title', run(true));
    test.each(cases.listed)('by the participant list: $title', run(false));
  });
}

/** One code for each outcome. */
const oneCodeEach = /^SIP (486|603|403|404|480|500|503) is/;
/** Before the leg is there, while it rings, and at the answer. */
const oneMomentEach = /^aborting (after (5|300)|0) ms/;

/** Whether this is another code for an outcome, or another moment of an abort. */
export const isRepeated = ({ title }: DialerContractCase): boolean =>
  /^(SIP \d+ is|aborting (after )?-?\d+ ms)/.test(title) && !oneCodeEach.test(title) && !oneMomentEach.test(title);

/** Whether the server's answer alone decides: to a dialer that only asks for the list it is the same. */
export const isDecidedByAnswer = ({ title }: DialerContractCase): boolean =>
  /^SIP \d+ is/.test(title) && !title.startsWith('SIP 486 is');

import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WarmTransfer } from '../src/index.js';
import { startCallCenter, voices } from './call-center.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

/** Some twelve seconds of speech, and as much behind it. */
const LONG = 'While we wait, let me tell you how our warehouse sorts a parcel, from the ramp to the shelf. '.repeat(6);

it('cuts the AI off in the middle of a sentence, and what it was to say next, when the hold begins with the accept', async () => {
  await using center = await startCallCenter(lab);
  const { caller, session, options } = center;
  const human = center.phone(async (call) => {
    await call.ring(1500);
    await call.answer();
    call.tone();
    await call.waitToHear(voices.briefing);
    // By then the merge is prepared.
    await call.wait(1000);
    await call.press('1');
  });
  await using transfer = new WarmTransfer({ ...options, holdFrom: 'accept' });
  const sentences = [session.say(LONG), session.say(LONG, { allowInterruptions: false })];
  const running = transfer.run();
  await caller.waitToHear(voices.agent);
  const outcome = await running;
  if (outcome.status !== 'connected') throw new Error(outcome.toSpeech());
  const from = Date.now() + 500;
  await caller.wait(2500);
  expect(caller.ear.heardMs(voices.agent, { from })).toBe(0);
  expect(caller.ear.heard(voices.human, { from })).toBe(true);
  expect((await human.nextCall()).ear.heard(voices.agent)).toBe(false);
  expect(sentences.map(({ interrupted }) => interrupted)).toEqual([true, true]);
  await outcome.call.hangUp();
}, 60_000);

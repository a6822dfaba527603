import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, test } from 'vitest';
import { expectAnnouncements, expectSteadyLoop, hearAnnouncements, hearLoop } from './support/hear.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

test('for a minute a clip of seven seconds is heard without a gap or a step, and announcements at their times', async () => {
  const [loop, announcements] = await Promise.all([hearLoop(lab, 60), hearAnnouncements(lab, 60)]);
  expectSteadyLoop(loop);
  expectAnnouncements(announcements, 6);
}, 120_000);

import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, test } from 'vitest';
import { expectAnnouncements, expectSteadyLoop, hearAnnouncements, hearLoop } from './support/hear.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

test('for ten minutes a clip of seven seconds is heard without a gap or a step, and announcements at their times', async () => {
  const [loop, announcements] = await Promise.all([hearLoop(lab, 600), hearAnnouncements(lab, 600)]);
  expectSteadyLoop(loop);
  expectAnnouncements(announcements, 65);
}, 660_000);

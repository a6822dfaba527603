import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSteadyLoop, hearAnnouncements, hearLoop } from './support/hear.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

test('for ten minutes a clip of seven seconds is heard without a gap or a step, and announcements at their times', async () => {
  const [loop, announcements] = await Promise.all([hearLoop(lab, 600), hearAnnouncements(lab, 600)]);
  expectSteadyLoop(loop);
  expect(announcements.announced).toBe(65);
  for (const [i, { afterMs, lastedMs }] of announcements.said.entries()) {
    expect(Math.abs(afterMs - (4200 + i * 9200))).toBeLessThan(500);
    expect(Math.abs(lastedMs - 1000)).toBeLessThan(60);
  }
}, 660_000);

import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, test } from 'vitest';
import {
  expectAnnouncements,
  expectLengths,
  expectNoDrift,
  expectSteadyLoop,
  hearAnnouncements,
  hearLoop,
} from '../support/hear.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

test('for ten minutes a clip of seven seconds is heard without a gap or a step, and announcements at their times', async () => {
  const times = { firstAfterMs: 4000, intervalMs: 8000, count: 65 };
  const [loop, announcements] = await Promise.all([hearLoop(lab, 7.0003, 600), hearAnnouncements(lab, times)]);
  expectSteadyLoop(loop);
  expectNoDrift(loop);
  expectAnnouncements(announcements);
  expectLengths(announcements);
}, 2_500_000);

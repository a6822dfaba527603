import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openLab } from '../support/lab.ts';
import { courses } from './courses/courses.ts';
import { COURSE_LIMIT_MS, runCourseHere } from './courses/run-course.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

describe('a briefing with the bundled VAD, a late recognizer and a model that always connects decides correctly for', () => {
  const some = courses.filter(({ isInEveryRun }) => isInEveryRun === true);
  it.each(some.map((course) => [course.title, course] as const))(
    '%s',
    (_, course) => runCourseHere(lab, course),
    COURSE_LIMIT_MS,
  );
});

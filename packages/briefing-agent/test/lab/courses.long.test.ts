import type { LabWorker, PhoneCall, PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialHuman } from '../support/fixture.ts';
import { openLab } from '../support/lab.ts';
import { briefInWorker, startWorker } from './courses/brief-in-worker.ts';
import { courses } from './courses/courses.ts';
import { COURSE_LIMIT_MS, planOf, runCourse, runCourseHere } from './courses/run-course.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

describe.concurrent('a briefing with the bundled VAD, a late recognizer and a model that always connects decides correctly for', () => {
  const rest = courses.filter(({ isInEveryRun }) => isInEveryRun !== true);
  it.each(rest.map((course) => [course.title, course] as const))(
    '%s',
    (_, course) => runCourseHere(lab, course),
    COURSE_LIMIT_MS,
  );
});

describe("a briefing in a worker, with the framework's local audio turn detector, decides correctly for", () => {
  let worker: LabWorker;
  beforeAll(async () => void (worker = await startWorker(lab)), COURSE_LIMIT_MS);
  const some = courses.filter((_, index) => index % 6 === 0);
  it.each(some.map((course, at) => [course.title, course, `courses-${process.pid}-${at}`] as const))(
    '%s',
    (_, course, roomName) =>
      runCourse(course, async (script, line) => {
        const dial = (): Promise<PhoneCall> => dialHuman(lab, roomName, script, line);
        const { call, reports } = await briefInWorker(lab, worker, { roomName, plan: planOf(course), dial });
        const { result, heard } = reports.find((report) => report.result !== undefined) ?? {};
        if (result === undefined || heard === undefined) throw new Error('the worker reported no result');
        const probabilities = reports.flatMap(({ probability }) => probability ?? []);
        // Outside of a worker, all are 1.
        expect(probabilities.filter((probability) => probability !== 1)).not.toEqual([]);
        return { call, result, waits: reports.flatMap(({ wait }) => wait ?? []), heard };
      }),
    COURSE_LIMIT_MS,
  );
});

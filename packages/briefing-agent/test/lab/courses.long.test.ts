import type { LabWorker, LineOptions, PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BriefingResult, ConsultLine } from '../../src/index.ts';
import type { HeardUtterance } from '../../src/testing/scripted-stt.ts';
import { Consult, dialHuman } from '../consult.ts';
import { AGENT_VOICE, HUMAN_VOICE, openLab } from '../lab.ts';
import { briefInWorker, startWorker } from './courses/brief-in-worker.ts';
import { courseBriefing, MS_PER_CHARACTER, type CoursePlan } from './courses/course-briefing.mjs';
import { courses, sentencesOf, type Course } from './courses/courses.ts';
import { play, tornIn } from './courses/play.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

const INTRODUCTION = 'Hello, this is the assistant of Acme.';
const LIMIT_MS = 180_000;

const lines: Readonly<Record<NonNullable<Course['line']>, LineOptions>> = {
  'G.711': { codec: 'pcmu', send: { lossPercent: 2 } },
  echo: { echo: {} },
  noise: { comfortNoise: -50 },
};

/** What has become of a briefing. */
interface Ended {
  readonly call: PhoneCall;
  readonly result: BriefingResult;
  readonly waits: readonly string[];
  readonly heard: readonly HeardUtterance[];
}

function planOf({ steps, waits = [], isSilentFirst = false }: Course): CoursePlan {
  return {
    texts: steps.flatMap(sentencesOf),
    humanVoice: HUMAN_VOICE,
    agentVoice: AGENT_VOICE,
    ...(waits.includes('menu') ? { press: '2' } : {}),
    // On a busy machine it takes longer until they speak.
    ...(isSilentFirst ? {} : { speakAfterMs: 60_000 }),
  };
}

/** Plays a course to whoever briefs, and looks at what has become of it. */
async function runCourse(
  course: Course,
  brief: (script: PhoneScript, line: LineOptions) => Promise<Ended>,
): Promise<void> {
  const spoken: Parameters<typeof play>[2] = [];
  const script: PhoneScript = async (phone) => {
    await phone.answer();
    await phone.wait(300);
    await play(phone, course, spoken);
  };
  const { call, result, waits, heard } = await brief(script, course.line === undefined ? {} : lines[course.line]);
  expect(tornIn(spoken, heard)).toEqual([]);
  expect(result).toMatchObject(course.ends);
  const said = (by: ConsultLine['speaker']): string[] =>
    result.transcript.filter(({ speaker }) => speaker === by).map(({ text }) => text);
  const last = course.connectsAt ?? course.steps.flatMap(sentencesOf).at(-1);
  expect(course.ends.by === 'voice' ? said('human').at(-1) : last).toBe(last);
  expect(waits).toEqual(course.waits ?? []);
  if (course.isUntold !== true) return;
  expect(said('agent').join(' ')).not.toContain('Jane');
  // What was begun and taken back is not in the transcript: the phone has heard no more of it than the introduction.
  const heardMs = call.ear.heardMs(AGENT_VOICE) - said('agent').join('').length * MS_PER_CHARACTER;
  expect(heardMs).toBeLessThan(INTRODUCTION.length * MS_PER_CHARACTER);
}

describe.concurrent('with the bundled VAD, a late recognizer and a model that connects at anything', () => {
  it.each(courses.map((course) => [course.title, course] as const))(
    '%s',
    (_, course) =>
      runCourse(course, async (script, line) => {
        const waits: string[] = [];
        const { options, stt } = courseBriefing(planOf(course), 'vad');
        await using consult = await Consult.open(lab, { ...options, onWaiting: (by) => void waits.push(String(by)) });
        const call = await consult.brief(script, line);
        return { call, result: await consult.briefing.result, waits, heard: stt.heard };
      }),
    LIMIT_MS,
  );
});

describe("in a worker, with the framework's local audio turn detector", () => {
  let worker: LabWorker;
  beforeAll(async () => void (worker = await startWorker(lab)), LIMIT_MS);
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
        // Outside of a worker all are 1.
        expect(probabilities.filter((probability) => probability !== 1)).not.toEqual([]);
        return { call, result, waits: reports.flatMap(({ wait }) => wait ?? []), heard };
      }),
    LIMIT_MS,
  );
});

import type { LineOptions, PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { expect } from 'vitest';
import type { BriefingResult, TranscriptTurn } from '../../../src/index.ts';
import type { HeardUtterance } from '../../../src/testing/scripted-speech-stream.ts';
import { Consult } from '../../support/fixture.ts';
import { AGENT_VOICE, HUMAN_VOICE } from '../../support/lab.ts';
import { courseBriefing, type CoursePlan, MS_PER_CHARACTER } from './course-briefing.mjs';
import { type Course, sentencesOf } from './courses.ts';
import { play, tornIn } from './play.ts';

const INTRODUCTION = 'Hello, this is the assistant of Acme.';
/** The timeout of one course, in milliseconds. */
export const COURSE_LIMIT_MS = 180_000;

const lines: Readonly<Record<NonNullable<Course['line']>, LineOptions>> = {
  'G.711': { codec: 'pcmu', send: { lossPercent: 2 } },
  echo: { echo: {} },
  noise: { comfortNoise: -50 },
};

/** The outcome of a briefing. */
export interface Ended {
  readonly call: PhoneCall;
  readonly result: BriefingResult;
  readonly waits: readonly string[];
  readonly heard: readonly HeardUtterance[];
}

export function planOf({ steps, waits = [], isSilentFirst = false }: Course): CoursePlan {
  return {
    texts: steps.flatMap(sentencesOf),
    humanVoice: HUMAN_VOICE,
    agentVoice: AGENT_VOICE,
    ...(waits.includes('menu') ? { dtmf: '2' } : {}),
    // On a busy computer the line begins to speak later.
    ...(isSilentFirst ? {} : { speakAfterMs: 60_000 }),
  };
}

/** Plays a course to a briefing, and checks its outcome. */
export async function runCourse(
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
  expect(result, JSON.stringify({ result, heard })).toMatchObject(course.ends);
  const said = (by: TranscriptTurn['speaker']): string[] =>
    result.transcript.filter(({ speaker }) => speaker === by).map(({ text }) => text);
  const last = course.connectsAt ?? course.steps.flatMap(sentencesOf).at(-1);
  expect(course.ends.via === 'voice' ? said('human').at(-1) : last).toBe(last);
  expect(waits).toEqual(course.waits ?? []);
  if (course.isUntold !== true) return;
  expect(said('agent').join(' ')).not.toContain('Jane');
  // A retracted opening is not in the transcript: the phone has heard at most its introduction.
  const heardMs = call.ear.heardMs(AGENT_VOICE) - said('agent').join('').length * MS_PER_CHARACTER;
  expect(heardMs).toBeLessThan(INTRODUCTION.length * MS_PER_CHARACTER);
}

/** Plays a course to a briefing of this process, with turns that end by the bundled VAD. */
export function runCourseHere(lab: PhoneLab, course: Course): Promise<void> {
  return runCourse(course, async (script, line) => {
    const waits: string[] = [];
    const { options, stt } = courseBriefing(planOf(course), 'vad');
    await using consult = await Consult.open(lab, { ...options, onWaiting: (by) => void waits.push(String(by)) });
    const call = await consult.brief(script, line);
    return { call, result: await consult.briefing.result, waits, heard: stt.heard };
  });
}

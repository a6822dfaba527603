import { fileURLToPath } from 'node:url';
import type { LabWorker, PhoneCall, PhoneLab } from '@org/phone-lab';
import { AgentDispatchClient } from 'livekit-server-sdk';
import type { BriefingResult } from '../../../src/index.ts';
import type { HeardUtterance } from '../../../src/testing/scripted-speech-stream.ts';
import { deleteRoom } from '../../support/fixture.ts';
import { wait } from '../../support/until.ts';
import type { CoursePlan } from './course-briefing.mjs';

const AGENT_NAME = 'briefer';
const LIMIT_MS = 120_000;
const file = fileURLToPath(new URL('worker.mjs', import.meta.url));

/** A line that the worker prints about a briefing. */
type Report = Partial<{
  listens: true;
  wait: string;
  /** The probability that a pause was the end of a turn, by the turn detector's model. */
  probability: number;
  result: BriefingResult;
  heard: readonly HeardUtterance[];
}>;

export const startWorker = (lab: PhoneLab): Promise<LabWorker> =>
  lab.startWorker(file, { env: { AGENT_NAME }, startLimitMs: 60_000 });

/** Briefs the phone that `dial` calls into the room in a job of the worker. Returns the job's report. */
export async function briefInWorker(
  lab: PhoneLab,
  worker: LabWorker,
  { roomName, plan, dial }: { roomName: string; plan: CoursePlan; dial: () => Promise<PhoneCall> },
): Promise<{ call: PhoneCall; reports: readonly Report[] }> {
  const dispatches = new AgentDispatchClient(lab.url, lab.apiKey, lab.apiSecret);
  await dispatches.createDispatch(roomName, AGENT_NAME, { metadata: JSON.stringify(plan) });
  try {
    await reported(worker, roomName, ({ listens }) => listens === true);
    const call = await dial();
    return { call, reports: await reported(worker, roomName, ({ result }) => result !== undefined) };
  } finally {
    await deleteRoom(lab, roomName);
  }
}

/** Waits for such a report about a room, and returns all of it. */
async function reported(
  worker: LabWorker,
  roomName: string,
  isWanted: (report: Report) => boolean,
): Promise<readonly Report[]> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const output = await worker.output();
    const lines = output.split('\n').filter((line) => line.startsWith(`${roomName} `) && line.endsWith('}'));
    const reports = lines.map((line) => JSON.parse(line.slice(roomName.length)) as Report);
    if (reports.some(isWanted)) return reports;
    if (Date.now() > end) throw new Error(`the worker printed:\n${output.slice(-4_000)}`);
    await wait(200);
  }
}

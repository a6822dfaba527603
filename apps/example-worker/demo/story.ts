import type { Ear, PhoneLab } from '@org/phone-lab';
import type { LoggedEvent } from '../src/event-log.js';
import { AGENT_NAME } from '../src/agent-name.js';
import { voices } from '../src/voices.js';
import { CALLER_NUMBER, HUMAN_NUMBER, parties, vocabulary } from '../lab/parties.js';
import { askAgainOnHold, takeTheCall } from '../lab/phone-scripts.js';
import type { ExampleWorker } from '../lab/example-worker.js';

/** How long caller and human agent talk before the human agent hangs up. */
const TALK_MS = 3_000;

/** The course of a call, as recorded at both phones and logged by the worker. */
export interface Story {
  readonly callerEar: Ear;
  readonly humanEar: Ear;
  readonly events: readonly LoggedEvent[];
  readonly callInAt: number;
  readonly ringingAt: number | undefined;
  readonly answeredAt: number | undefined;
  readonly endedAt: number;
}

/** Interferes with the consult room while the human agent is in it. */
export type Meddle = (rooms: { readonly callerRoom: string; readonly consultRoom: string }) => Promise<AsyncDisposable>;

/** One caller phones the worker, asks for a person, is transferred to one, talks, and is hung up on. */
export async function playStory(lab: PhoneLab, worker: ExampleWorker, meddle?: Meddle): Promise<Story> {
  const human = lab.phone(HUMAN_NUMBER, takeTheCall, { voice: voices.human, vocabulary });
  const callerRoom = 'demo-call';
  const callInAt = Date.now();
  const callerCall = await lab.call({
    from: CALLER_NUMBER,
    roomName: callerRoom,
    agentName: AGENT_NAME,
    metadata: JSON.stringify({ transferTo: HUMAN_NUMBER }),
    voice: voices.caller,
    vocabulary,
    script: askAgainOnHold,
  });
  const humanCall = await human.nextCall({ timeoutMs: 20_000, signal: worker.gone });
  await using _meddler = await meddle?.({ callerRoom, consultRoom: humanCall.roomName });
  await worker.waitFor('connected', 30_000);
  await Promise.all([
    humanCall.waitToHear(parties.caller, { forMs: TALK_MS, timeoutMs: TALK_MS + 10_000 }),
    callerCall.waitToHear(parties.human, { forMs: TALK_MS, timeoutMs: TALK_MS + 10_000 }),
  ]);
  await humanCall.hangUp();
  await Promise.all([callerCall.finished, humanCall.finished]);
  await worker.waitFor('call-ended');
  const statusAt = (status: string): number | undefined =>
    humanCall.status.find((change) => change.status === status)?.at;
  return {
    callerEar: callerCall.ear,
    humanEar: humanCall.ear,
    events: await worker.events(),
    callInAt,
    ringingAt: statusAt('ringing'),
    answeredAt: statusAt('active'),
    endedAt: humanCall.ended?.at ?? Date.now(),
  };
}

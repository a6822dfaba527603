import type { Phone, PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { AGENT_NAME, CALLER_NUMBER, voices, words } from './voices.js';
import type { BenchWorker } from './bench-worker.js';
import { fullLevelAt } from './full-level.js';
import { heardAt } from './heard-at.js';
import type { CallMetadata, Library } from './worker-event.js';

export interface Scene {
  readonly lab: PhoneLab;
  readonly worker: BenchWorker;
  /** How long a figure may be late before it counts as never. */
  readonly neverMs: number;
  /** Whether the lab imitates LiveKit Cloud. */
  readonly cloud: boolean;
}

/** A call that asks for a person, the phone of that person, and the moment at which the transfer began. */
interface Transfer {
  readonly caller: PhoneCall;
  readonly phone: Phone;
  readonly room: string;
  readonly runAt: number;
}

let calls = 0;

/** A failure before the caller asks for a human agent is none of the transfer: such a call is made once more. */
async function transfer(
  scene: Scene,
  library: Library,
  script: PhoneScript,
  voiceDelayMs: number = 0,
): Promise<Transfer> {
  const attempt = (): Promise<Transfer> => begin(scene, { library, voiceDelayMs }, script);
  return attempt().catch((cause: unknown) => {
    process.stderr.write(`a call is made once more: ${String(cause)}\n`);
    return attempt();
  });
}

async function begin(
  { lab, worker, cloud }: Scene,
  settings: Omit<CallMetadata, 'number' | 'supportsMove'>,
  script: PhoneScript,
): Promise<Transfer> {
  // Parallel calls must not share a phone.
  const number = `+1555${String((calls += 1)).padStart(7, '0')}`;
  const phone = lab.phone(number, script, { voice: voices.human, vocabulary: words });
  const metadata: CallMetadata = { ...settings, number, supportsMove: cloud };
  const room = `bench-call-${calls}`;
  const caller = await lab.call({
    from: CALLER_NUMBER,
    roomName: room,
    agentName: AGENT_NAME,
    metadata: JSON.stringify(metadata),
    voice: voices.caller,
    vocabulary: words,
  });
  try {
    await caller.connected();
    await caller.waitToHear(voices.receptionist, { forMs: 200, timeoutMs: 30_000 });
    const runAt = await askForPerson(caller, () => worker.when(room, 'run', 4_000));
    if (runAt === undefined) throw new Error('the caller asked for a person, and no transfer began');
    return { caller, phone, room, runAt };
  } catch (error) {
    await end(caller);
    throw error;
  }
}

/** Asks once more when a busy machine did not hear it. */
async function askForPerson(caller: PhoneCall, begun: () => Promise<number | undefined>): Promise<number | undefined> {
  for (let asked = 0; asked < 3; asked += 1) {
    await caller.wait(800);
    await caller.say('person');
    caller.tone();
    const runAt = await begun();
    if (runAt !== undefined) return runAt;
    caller.quiet();
  }
  return undefined;
}

async function end(caller: PhoneCall): Promise<void> {
  if (caller.ended === undefined) await caller.hangUp();
  await caller.finished;
}

const since = (from: number, at: number | undefined): number =>
  at === undefined ? Number.POSITIVE_INFINITY : at - from;

const statusAt = (call: PhoneCall, status: string): number =>
  call.status.find((change) => change.status === status)?.at ?? Number.NaN;

export interface AcceptedFigures {
  readonly runToRequest: number;
  readonly runToHold: number;
  readonly answerToWord: number;
  readonly acceptToBoth: number;
}

const listenAndAccept: PhoneScript = async (call) => {
  await call.ring(1_500);
  await call.answer();
  call.tone();
  await call.waitToHear(voices.briefing, { forMs: 400, timeoutMs: 60_000 });
  await call.wait(1_500);
  await call.say('yes');
  call.tone();
};

/** A person answers, listens and takes the call. */
export async function accepted(scene: Scene, library: Library, voiceDelayMs: number = 0): Promise<AcceptedFigures> {
  const { caller, phone, room, runAt } = await transfer(scene, library, listenAndAccept, voiceDelayMs);
  const human = await phone.nextCall({ timeoutMs: 30_000 });
  const acceptedAt = (await scene.worker.when(room, 'accepted', 40_000)) ?? Number.NaN;
  const [atHuman, atCaller] = await Promise.all([
    heardAt(human.ear, voices.caller, acceptedAt, scene.neverMs),
    heardAt(caller.ear, voices.human, acceptedAt, scene.neverMs),
  ]);
  const figures = {
    runToRequest: human.placedAt - runAt,
    runToHold: since(runAt, fullLevelAt(caller.ear, voices.hold, runAt)),
    answerToWord: since(statusAt(human, 'active'), human.ear.firstHeardAt(voices.briefing)),
    acceptToBoth: Math.max(since(acceptedAt, atHuman), since(acceptedAt, atCaller)),
  };
  await end(caller);
  return figures;
}

/** The caller gives up while the phone rings: milliseconds until it no longer does. */
export async function callerGivesUp(scene: Scene, library: Library): Promise<number> {
  const { caller, phone } = await transfer(scene, library, (call) => call.neverAnswer());
  const human = await phone.nextCall({ timeoutMs: 30_000 });
  await caller.wait(2_000);
  const gaveUpAt = Date.now();
  await caller.hangUp();
  return (await human.finished).at - gaveUpAt;
}

/** The person hangs up while being briefed: milliseconds until the caller hears the AI. */
export async function humanGivesUp(scene: Scene, library: Library): Promise<number> {
  const { caller, phone } = await transfer(scene, library, async (call) => {
    await call.ring(500);
    await call.answer();
    await call.waitToHear(voices.briefing, { forMs: 400, timeoutMs: 60_000 });
    // Not in the moment in which the tracks of the bridge are published, half a second after the answer.
    await call.wait(1_000);
    await call.hangUp();
  });
  const human = await phone.nextCall({ timeoutMs: 30_000 });
  const { at } = await human.finished;
  const backAt = await heardAt(caller.ear, voices.receptionist, at, scene.neverMs);
  await end(caller);
  return since(at, backAt);
}

/** The line is busy immediately: milliseconds from the phone's 486 until the caller hears the AI; infinite when never. */
export async function busyAtOnce(scene: Scene, library: Library): Promise<number> {
  const { caller, phone } = await transfer(scene, library, (call) => call.reject(486));
  const human = await phone.nextCall({ timeoutMs: 30_000 });
  const { at } = await human.finished;
  const backAt = await heardAt(caller.ear, voices.receptionist, at, scene.neverMs);
  await end(caller);
  return since(at, backAt);
}

import type { ScriptedLLM } from '@org/briefing-agent/testing';
import {
  startPhoneLab,
  type Phone,
  type PhoneCall,
  type PhoneLab,
  type PhoneScript,
  type ReferAnswer,
} from '@org/phone-lab';
import '@org/phone-lab/vitest';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deferred } from '@org/support';
import { WarmTransferTask, WarmTransferToolError, type WarmTransferResult } from '../../src/index.js';
import type { OnJobEnd } from '../../src/task/on-job-end.js';
import { freshNumber, hearOut, voices } from '../support/call-center.js';
import { LabJob } from '../drop-in/job.js';
import { newProgram, supervisor, words as vocabulary } from '../drop-in/new-program.js';
import { entry } from '../drop-in/program.js';

const trunkId = 'ST_of_the_environment';

/** One caller with the program, up to its transfer. */
interface DropIn extends AsyncDisposable {
  readonly job: LabJob;
  readonly caller: PhoneCall;
  readonly callerTurns: () => ScriptedLLM['turns'];
  /** What the program received: the result, or the error. */
  readonly told: Promise<unknown>;
}

let calls = 0;

/** `supportsMove` stands for the host of LiveKit Cloud, which the lab does not have. */
async function startDropIn(lab: PhoneLab, script: PhoneScript, supportsMove: boolean): Promise<DropIn> {
  calls += 1;
  const roomName = `drop-in-${calls}`;
  const { program, callerTurns, told } = newProgram();
  const briefing = { ...program.briefing, merge: { supportsMove } };
  const caller = await lab.call({ from: '+15550199', roomName, voice: voices.caller, vocabulary, script });
  const job = await LabJob.start(lab, roomName, (ctx) => entry(ctx, { ...program, briefing }));
  return {
    job,
    caller,
    callerTurns,
    told,
    [Symbol.asyncDispose]: async () => {
      if (caller.ended === undefined) await caller.hangUp();
      await job.end();
    },
  };
}

/** Asks for a person, is audible from then on, and asks once more on hold. */
const askTwice: PhoneScript = async (call) => {
  await call.connected();
  await hearOut(call);
  await call.say('person');
  call.tone();
  await call.wait(1500);
  await call.say('person');
  call.tone();
};

/** Answers, is audible, listens to the briefing, and says yes; reports when. */
function accepting(acceptedAt: (at: number) => void): PhoneScript {
  return async (call) => {
    await call.ring(500);
    await call.answer();
    call.tone();
    await hearOut(call, voices.briefing);
    acceptedAt(Date.now());
    await call.say('yes');
    call.tone();
  };
}

function humanPhone(
  lab: PhoneLab,
  number = supervisor,
): { readonly phone: Phone; readonly acceptedAt: Promise<number> } {
  const accepted = deferred<number>();
  const phone = lab.phone(number, accepting(accepted.resolve), { voice: voices.human, vocabulary });
  return { phone, acceptedAt: accepted.promise };
}

const connected = (what: unknown): WarmTransferResult => {
  if (typeof what === 'object' && what !== null && 'humanAgentIdentity' in what) return what as WarmTransferResult;
  throw what;
};

interface Talking {
  readonly caller: PhoneCall;
  readonly human: PhoneCall;
  readonly result: WarmTransferResult;
}

function roomsOf({ url, apiKey, apiSecret }: PhoneLab): ReturnType<RoomServiceClient['listRooms']> {
  return new RoomServiceClient(url.replace('ws', 'http'), apiKey, apiSecret, { failover: false }).listRooms();
}

/** The AI is not needed in a room where both are. */
async function talkOn({ caller, human, result }: Talking): Promise<void> {
  expect(await result.call.ended).toMatchObject({ by: 'program', caller: 'talking' });
  const from = Date.now();
  await caller.wait(1000);
  expect(human).toHear(voices.caller, { from, forMs: 500 });
  expect(caller).toHear(voices.human, { from, forMs: 500 });
  await human.hangUp();
}

/** A bridge cannot live without the job: neither party is left alone on a dead line. */
async function areHungUp({ caller, human, result }: Talking): Promise<void> {
  await Promise.all([caller.finished, human.finished]);
  expect(await result.call.ended).toMatchObject({ by: 'program', caller: 'hung-up' });
}

beforeAll(() => void vi.stubEnv('LIVEKIT_SIP_OUTBOUND_TRUNK', trunkId));
afterAll(() => void vi.unstubAllEnvs());

describe.each([
  { server: 'a self-hosted server', cloud: false, by: 'bridge', afterJob: areHungUp },
  { server: 'a server that moves participants', cloud: true, by: 'move', afterJob: talkOn },
])('a program written for LiveKit, on $server', ({ cloud, by, afterJob }) => {
  let lab: PhoneLab;
  beforeAll(async () => {
    lab = await startPhoneLab({ cloud: cloud && { noResponseMs: 300 }, trunkId });
  });
  afterAll(() => lab.close());

  it('connects caller and human agent, who continue talking when its session is shut down, and forwards no audio before', async () => {
    const human = humanPhone(lab);
    await using dropIn = await startDropIn(lab, askTwice, cloud);
    const { caller } = dropIn;
    const humanCall = await human.phone.nextCall();
    const acceptedAt = await human.acceptedAt;
    const result = connected(await dropIn.told);
    expect(result.call.by).toBe(by);
    const together = Date.now();
    await vi.waitFor(() => expect(dropIn.job.session._closing).toBe(true), { timeout: 10_000 });
    await dropIn.job.session.close();
    const alone = Date.now();
    await caller.wait(1500);
    // Once both are in the caller's room, the consult room is of no use.
    expect(await roomsOf(lab)).toHaveLength(by === 'move' ? 1 : 2);

    const before = { to: acceptedAt };
    expect(together).toBeLessThan(alone);
    // Both hear the sentences that the program lets its session say then.
    expect(humanCall).toHear(voices.agent, { from: together, to: alone, forMs: 300 });
    expect(caller).toHear(voices.agent, { from: together, to: alone, forMs: 300 });
    expect(caller).notToHear(voices.agent, { from: acceptedAt, to: together });
    expect(humanCall).toHear(voices.caller, { from: alone, forMs: 300 });
    expect(caller).toHear(voices.human, { from: alone, forMs: 300 });
    expect(caller).notToHear(voices.human, before);
    expect(caller).notToHear(voices.briefing, before);
    expect(humanCall).notToHear(voices.caller, before);
    expect(humanCall).notToHear(voices.agent, before);
    expect(humanCall).notToHear(vocabulary.person, before);
    // Asked for once: what was said on hold reached no model.
    expect(dropIn.callerTurns().filter(({ userText }) => userText === 'person')).toHaveLength(1);

    await dropIn.job.end();
    await afterJob({ caller, human: humanCall, result });
  }, 60_000);
});

const audible: PhoneScript = async (call) => {
  await call.connected();
  call.tone();
};

/** Audible, and gives this answer when asked to call another number. */
const toldToGo =
  (answer: ReferAnswer): PhoneScript =>
  (call) => {
    call.onRefer(answer);
    return audible(call);
  };

/** A caller who is connected by a task outside of tools, in a job that has not ended yet. */
async function joinByTask(lab: PhoneLab, script: PhoneScript, onJobEnd: OnJobEnd, supportsMove = false) {
  calls += 1;
  const roomName = `by-task-${calls}`;
  const { program } = newProgram();
  const caller = await lab.call({ from: '+15550198', roomName, voice: voices.caller, script });
  const job = await LabJob.start(lab, roomName, (ctx) => entry(ctx, program));
  const sipCallTo = freshNumber();
  const { phone } = humanPhone(lab, sipCallTo);
  const greetingSpeech = 'A caller asks for a person. Will you take the call?';
  const options = { sipCallTo, onJobEnd, greetingSpeech, merge: { supportsMove }, ...program.briefing } as const;
  const { call } = await job.within(() => new WarmTransferTask(options).run(job.session));
  return { job, caller, call, human: await phone.nextCall() };
}

describe('WarmTransferTask', () => {
  let lab: PhoneLab;
  beforeAll(async () => {
    lab = await startPhoneLab({ trunkId });
  });
  afterAll(() => lab.close());

  it('runs outside of tools for a session that it is given, and cold-transfers a bridged caller when the job ends', async () => {
    const { program, callerTurns } = newProgram();
    const roomName = 'drop-in-beside';
    const caller = await lab.call({
      from: '+15550199',
      roomName,
      voice: voices.caller,
      script: toldToGo({ notify: 200 }),
    });
    await using job = await LabJob.start(lab, roomName, (ctx) => entry(ctx, program));
    const { session } = job;
    const options = { sipCallTo: supervisor, onJobEnd: { coldTransferTo: '+15550300' }, ...program.briefing } as const;
    const newTask = () =>
      job.within(
        async () =>
          new WarmTransferTask({ ...options, greetingSpeech: 'A caller asks for a person. Will you take the call?' }),
      );
    const ask = (): Promise<void> => session.generateReply({ userInput: 'hello' }).waitForPlayout();

    const callbacks = [...job.context.shutdownCallbacks];
    const outside = await newTask();
    await expect(outside.run()).rejects.toThrow('inside a tool or in `onEnter`');
    const busy = lab.phone(supervisor, (call) => call.reject(486));
    const failing = (await newTask()).run(session);
    await expect(failing).rejects.toMatchObject({ outcome: { status: 'busy' } });
    await expect(failing).rejects.toBeInstanceOf(WarmTransferToolError);
    expect(busy.calls).toHaveLength(1);
    // Of a transfer that is over nothing is left for the end of the job.
    await vi.waitFor(() => expect(job.context.shutdownCallbacks).toEqual(callbacks), { timeout: 5_000 });
    // The agent has the caller back, and is asked again.
    await ask();
    expect(callerTurns()).toHaveLength(1);

    const human = humanPhone(lab);
    const running = (await newTask()).run({ session });
    await human.phone.nextCall();
    await ask();
    const { call } = await running;
    expect(call.by).toBe('bridge');
    expect(callerTurns()).toHaveLength(1);
    await job.end();
    await caller.finished;
    expect(caller.refers.map(({ number }) => number)).toEqual(['+15550300']);
    expect(await call.ended).toMatchObject({ by: 'program', caller: 'cold-transferred' });
  }, 60_000);

  it('ends session, room and job when the human agent hangs up, as LiveKit’s task does', async () => {
    const { job, caller, call, human } = await joinByTask(lab, audible, 'leave');
    const callerRoom = job.context.room.name ?? '';
    await human.hangUp();
    expect(await call.ended).toMatchObject({ by: 'human', caller: 'hung-up' });
    await caller.finished;
    await vi.waitFor(() => expect(job.context.room.isConnected).toBe(false), { timeout: 10_000 });
    expect(job.session._closing).toBe(true);
    await job.end();
    expect((await roomsOf(lab)).map(({ name }) => name)).not.toContain(callerRoom);
  }, 60_000);

  it('hangs up on a bridged caller whose phone rejects the cold transfer when the job ends, and says both', async () => {
    const { job, caller, call } = await joinByTask(lab, toldToGo({ reject: 603 }), { coldTransferTo: '+15550301' });
    expect(call.by).toBe('bridge');
    await expect(job.end()).rejects.toThrow('the caller was hung up on, as the cold transfer failed');
    await caller.finished;
    expect(caller.refers).toHaveLength(1);
    expect(await call.ended).toMatchObject({ by: 'program', caller: 'hung-up' });
  }, 60_000);

  it('hangs up on caller and human agent, who are in one room, when the job ends with `onJobEnd: hang-up`', async () => {
    await using cloud = await startPhoneLab({ cloud: { noResponseMs: 300 }, trunkId });
    const { job, caller, call, human } = await joinByTask(cloud, audible, 'hang-up', true);
    expect(call.by).toBe('move');
    await job.end();
    await Promise.all([caller.finished, human.finished]);
    expect(await call.ended).toMatchObject({ by: 'program', caller: 'hung-up' });
  }, 60_000);
});

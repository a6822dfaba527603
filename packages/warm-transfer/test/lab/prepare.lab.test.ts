import { ScriptedLLM } from '@org/briefing-agent/testing';
import { type PhoneCall, type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WarmTransfer } from '../../src/index.js';
import { type CallCenter, startCallCenter, voices } from '../support/call-center.js';
import { LabJob } from '../drop-in/job.js';
import { newProgram, supervisor, words } from '../drop-in/new-program.js';
import { entry } from '../drop-in/program.js';

/** Two seconds of speech. */
const SENTENCE =
  'One moment, please, I will get a person for you who knows about this and can help you with all of it.';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
  vi.stubEnv('LIVEKIT_SIP_OUTBOUND_TRUNK', lab.trunkId);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await lab.close();
});

/** The consult rooms that the server has; one test runs at a time. */
async function consultRooms(): Promise<string[]> {
  const rooms = await new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret).listRooms();
  return rooms.map(({ name }) => name).filter((name) => name.startsWith('consult-'));
}

const untilThereAre = (count: number): Promise<void> =>
  vi.waitFor(async () => expect(await consultRooms()).toHaveLength(count), { timeout: 10_000, interval: 20 });

describe('a transfer that was prepared', () => {
  let center: CallCenter;
  beforeAll(async () => {
    center = await startCallCenter(lab);
  });
  afterAll(() => center[Symbol.asyncDispose]());

  /** The hold tracks that the agent has in the caller's room. */
  const holdTracks = (): (string | undefined)[] =>
    [...(center.options.room?.localParticipant?.trackPublications.values() ?? [])]
      .filter(({ name }) => name === 'hold-audio')
      .map(({ sid }) => sid);

  const prepared = async (options: object = {}): Promise<WarmTransfer> => {
    const transfer = new WarmTransfer({ ...center.options, ...options });
    transfer.prepare();
    await untilThereAre(1);
    await vi.waitFor(() => expect(holdTracks()).toHaveLength(1), { timeout: 10_000 });
    return transfer;
  };

  it('calls into the room that is there and plays to the track that is there, and neither AI nor caller noticed before', async () => {
    const human = center.phone((call) => call.reject(486));
    const heardFrom = Date.now();
    await using transfer = await prepared();
    const [room] = await consultRooms();
    const tracks = holdTracks();
    expect(center.session.output.audioEnabled).toBe(true);
    expect(center.caller.ear.levelDbfs({ from: heardFrom })).toBeLessThan(-60);
    expect(transfer.state.phase).toBe('idle');
    // Nothing has begun that could be over.
    await transfer.closed();
    expect(await consultRooms()).toEqual([room]);
    const running = transfer.run();
    expect(holdTracks()).toEqual(tracks);
    await transfer.closed();
    expect([await consultRooms(), holdTracks()]).toEqual([[], []]);
    expect(await running).toMatchObject({ status: 'busy', warnings: [] });
    expect(human.calls.map(({ roomName }) => roomName)).toEqual([room]);
  }, 60_000);

  it('leaves nothing when it is closed instead of run', async () => {
    const transfer = await prepared();
    await transfer.close();
    expect([await consultRooms(), holdTracks()]).toEqual([[], []]);
    transfer.prepare();
    expect(await transfer.run()).toMatchObject({ status: 'aborted' });
    await transfer.closed();
    expect(await consultRooms()).toEqual([]);
  }, 60_000);

  it('leaves nothing when there is no target', async () => {
    const { sipCallTo: _, ...options } = center.options;
    await using transfer = new WarmTransfer({ ...options, department: 'none', departments: { billing: '+15550142' } });
    transfer.prepare();
    await untilThereAre(1);
    expect(await transfer.run()).toMatchObject({ status: 'no-target', warnings: [] });
    await transfer.closed();
    expect([await consultRooms(), holdTracks()]).toEqual([[], []]);
  }, 60_000);

  it('leaves nothing when its hold clip cannot be played', async () => {
    const transfer = await prepared({ holdAudio: '/no/such/file.wav' });
    const running = transfer.run();
    const closed = transfer.closed();
    await expect(running).rejects.toThrow('/no/such/file.wav');
    await closed;
    expect([await consultRooms(), holdTracks()]).toEqual([[], []]);
  }, 60_000);

  it('leaves nothing when the caller is in another transfer', async () => {
    center.phone((call) => call.neverAnswer());
    await using first = new WarmTransfer(center.options);
    const running = first.run();
    await untilThereAre(1);
    const second = new WarmTransfer(center.options);
    second.prepare();
    await untilThereAre(2);
    expect(await second.run()).toMatchObject({ status: 'already-running' });
    await untilThereAre(1);
    await vi.waitFor(() => expect(holdTracks()).toHaveLength(1));
    first.cancel();
    await running;
  }, 60_000);
});

interface Asked extends AsyncDisposable {
  readonly job: LabJob;
  readonly caller: PhoneCall;
  readonly askedAt: number;
  /** The results that the program received. */
  readonly told: Promise<unknown>;
}

/** A caller to whom the agent says the sentence, and calls its tool meanwhile. */
async function askForPerson(): Promise<Asked> {
  const { program, told } = newProgram();
  const llm = new ScriptedLLM({
    reply: ({ userText, toolResult }) =>
      toolResult === undefined && userText === 'person'
        ? { say: SENTENCE, call: { name: 'transfer_to_human' } }
        : undefined,
  });
  const roomName = `while-speaking-${crypto.randomUUID()}`;
  const caller = await lab.call({ from: '+15550199', roomName, voice: voices.caller, vocabulary: words });
  const job = await LabJob.start(lab, roomName, (ctx) =>
    entry(ctx, { ...program, session: { ...program.session, llm } }),
  );
  await caller.connected();
  await caller.waitToHear(voices.agent, { forMs: 200 });
  // The greeting is over.
  await caller.wait(800);
  await caller.say('person');
  const askedAt = Date.now();
  const end = async (): Promise<void> => {
    await caller.hangUp();
    await job.end();
  };
  return { job, caller, askedAt, told, [Symbol.asyncDispose]: end };
}

describe('a task in a tool, while the agent still speaks,', () => {
  it('has the room ready, and calls no phone and holds no caller before the sentence is over', async () => {
    const human = lab.phone(supervisor, (call) => call.reject(486));
    await using asked = await askForPerson();
    const { job, caller, askedAt, told } = asked;
    await untilThereAre(1);
    expect(job.session.output.audioEnabled).toBe(true);
    expect(human.calls).toEqual([]);
    const [room] = await consultRooms();
    expect(await told).toMatchObject({ outcome: { status: 'busy' } });
    expect(human.calls.map(({ roomName }) => roomName)).toEqual([room]);
    // All of it was heard.
    expect(caller.ear.heardMs(voices.agent, { from: askedAt })).toBeGreaterThan(1_800);
    await untilThereAre(0);
  }, 60_000);

  it('leaves nothing when the session closes before it begins, and has called no phone', async () => {
    const human = lab.phone(supervisor, (call) => call.neverAnswer());
    await using asked = await askForPerson();
    const { job, told } = asked;
    await untilThereAre(1);
    await job.session.close();
    expect(await told).toBeInstanceOf(Error);
    await untilThereAre(0);
    expect(human.calls).toEqual([]);
  }, 60_000);
});

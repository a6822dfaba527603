import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AudioSource, LocalAudioTrack, TrackPublishOptions } from '@livekit/rtc-node';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  countAudioSources,
  startPhoneLab,
  type PhoneCall,
  type PhoneLab,
  type PhoneLabError,
} from '../../src/index.js';
import { describeCreatedBy } from '../../src/attribution/created-by.js';
import { observe } from '../support/observer.js';
import { processesOf } from '../support/processes-of.js';
import { vitestReport } from '../support/vitest-report.js';

const here = /leftovers\.quiet\.lab\.test\.ts:\d+/;
const time = String.raw`at \d\d:\d\d:\d\d\.\d\d\d`;
const onLinux = process.platform === 'linux';
/** By what, and on Linux by whom. */
const madeBy = (by: string, whom = 'this process'): unknown =>
  expect.stringMatching(new RegExp(`^${by} ${time}${onLinux ? ` by ${whom}` : ''}$`));

const roomsOf = (lab: PhoneLab) => new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
const logs: string[] = [];

/** What a lab complains of when it is closed; the log that it keeps then is deleted after the tests. */
async function complaintOf(lab: PhoneLab): Promise<PhoneLabError> {
  logs.push(lab.serverLog ?? '');
  return lab.close().then(
    () => expect.unreachable('the lab closed without a complaint'),
    (error: unknown) => error as PhoneLabError,
  );
}

afterAll(() => Promise.all(logs.map((log) => rm(dirname(log), { recursive: true }))));

function isListening(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

test.concurrent('a lab where all went home closes quietly and leaves no port and no log', async () => {
  const lab = await startPhoneLab();
  const phone = lab.phone('+1', async (call) => {
    await call.answer();
    await call.hangUp();
  });
  await new SipClient(lab.url, lab.apiKey, lab.apiSecret).createSipParticipant(lab.trunkId, '+1', 'room', {
    waitUntilAnswered: true,
  });
  await phone.done;
  expect(await lab.leftNothing()).toEqual([]);
  const log = lab.serverLog ?? '';
  expect(existsSync(log)).toBe(true);
  await lab.close();
  await lab.close();
  expect(existsSync(log)).toBe(false);
  expect(await isListening(lab.url)).toBe(false);
  expect(() => lab.phone('+1')).toThrow(/closed/);
});

test.concurrent('a room that was created and not deleted is named', async () => {
  const lab = await startPhoneLab({ graceMs: 0 });
  await roomsOf(lab).createRoom({ name: 'consult-7' });
  const error = await complaintOf(lab);
  expect(error).toMatchObject({ code: 'left-behind' });
  expect(error.message).toContain('room consult-7 was created and not deleted');
  expect(error.message).toContain(lab.serverLog);
  expect(existsSync(lab.serverLog ?? '')).toBe(true);
  expect(await isListening(lab.url)).toBe(false);
});

test.concurrent('a phone that was not hung up, and a dial without an answer, are named', async () => {
  const lab = await startPhoneLab({ graceMs: 0 });
  const phone = lab.phone('+1', (call) => call.neverAnswer());
  const dial = new SipClient(lab.url, lab.apiKey, lab.apiSecret).createSipParticipant(lab.trunkId, '+1', 'room', {
    waitUntilAnswered: true,
  });
  const gaveUp = dial.then(
    () => 'answered',
    () => 'failed',
  );
  const call = await phone.nextCall();
  await vi.waitFor(() => expect(call.status.at(-1)?.status).toBe('ringing'), { timeout: 5000 });
  expect(await lab.leftNothing()).toMatchObject([
    { kind: 'call', what: 'phone +1 is ringing in room room' },
    { kind: 'request', what: 'request POST /twirp/livekit.SIP/CreateSIPParticipant has no answer' },
  ]);
  expect(await complaintOf(lab)).toMatchObject({ code: 'left-behind' });
  expect(await call.finished).toMatchObject({ how: 'lab-closed' });
  expect(await gaveUp).toBe('failed');
});

test.concurrent('what goes by itself within the grace is not left behind', async () => {
  const lab = await startPhoneLab();
  const observer = await observe(lab, 'room');
  const closing = lab.close();
  await new Promise((done) => setTimeout(done, 300));
  await observer[Symbol.asyncDispose]();
  await closing;
});

test.concurrent('the error of a script ends its call and comes out at the call, the phone and the lab', async () => {
  const lab = await startPhoneLab();
  const phone = lab.phone('+1', async (call) => {
    await call.ring(50);
    throw new RangeError('wrong script');
  });
  const dial = new SipClient(lab.url, lab.apiKey, lab.apiSecret).createSipParticipant(lab.trunkId, '+1', 'room', {
    waitUntilAnswered: true,
  });
  await expect(dial).rejects.toThrow('sip request timed out');
  const call = await phone.nextCall();
  const failure = { code: 'script-failed', message: expect.stringContaining('wrong script') as string };
  await expect(call.finished).rejects.toMatchObject(failure);
  await expect(phone.done).rejects.toMatchObject(failure);
  const error = await complaintOf(lab);
  expect(error).toMatchObject(failure);
  expect((error.cause as Error).message).toBe('wrong script');
});

test.concurrent('two labs side by side know nothing of each other', async () => {
  await using one = await startPhoneLab();
  await using other = await startPhoneLab();
  expect(one.url).not.toBe(other.url);
  await roomsOf(one).createRoom({ name: 'mine' });
  expect(await roomsOf(other).listRooms()).toEqual([]);
  await expect(new RoomServiceClient(other.url, one.apiKey, one.apiSecret).listRooms()).rejects.toMatchObject({
    status: 401,
  });
  await roomsOf(one).deleteRoom('mine');
});

test.concurrent('options that cannot be honored are refused by name', async () => {
  await expect(startPhoneLab({ graceMs: -1 })).rejects.toThrow(/graceMs must be 0 or more/);
  await expect(startPhoneLab({ trunkId: ' ' })).rejects.toThrow(/trunkId must not be empty/);
  await expect(startPhoneLab({ vocabulary: { yes: 9000 } })).rejects.toThrow(
    /vocabulary\.yes must be a frequency from 100 to 3400 Hz/,
  );
  await using lab = await startPhoneLab();
  expect(() => lab.phone('')).toThrow(/number must not be empty/);
  expect(() => lab.phone('+1', undefined, { voice: 20 })).toThrow(/voice must be a frequency/);
  await expect(lab.call({ from: '+1', roomName: '' })).rejects.toThrow(/roomName must not be empty/);
  await expect(lab.phone('+1').nextCall({ timeoutMs: 20 })).rejects.toMatchObject({ code: 'timeout' });
});

test.concurrent('a call that is up when the server dies ends, and the lab says that the server is gone', async () => {
  const lab = await startPhoneLab({ graceMs: 0 });
  const call = await lab.call({ from: '+1', roomName: 'room' });
  const log = lab.serverLog ?? '';
  const [server] = await processesOf(log, 'livekit-server');
  process.kill(server ?? Number.NaN, 'SIGKILL');
  const error = await complaintOf(lab);
  expect(error).toMatchObject({ code: 'server-failed' });
  expect(error.message).toContain(log);
  expect(call.ended).toBeDefined();
  expect(await processesOf(log)).toEqual([]);
});

test.concurrent(
  'a test that fails and leaves something is shown with its own error first, then with what is left',
  { timeout: 60_000 },
  async () => {
    const report = await vitestReport('leaves-a-room.spec.ts');
    const [, log = ''] = /\(the server's log: (.*)\)/.exec(report) ?? [];
    logs.push(log);
    const errors = report.split('FAIL  leaves-a-room.spec.ts > fails, and leaves a room\n').slice(1);
    expect(errors).toEqual([
      expect.stringMatching(
        /^AssertionError: expected .*\n\n- Expected\n\+ Received\n\n {2}{\n- {3}"heard": 1000,\n\+ {3}"heard": 600,\n/,
      ),
      expect.stringMatching(/^PhoneLabError: left behind: room forgotten was created and not deleted/),
    ]);
    expect(report).not.toMatch(/SuppressedError|Caused by/);
  },
);

describe('a lab that watches its process', () => {
  let lab: PhoneLab;
  let rooms: RoomServiceClient;
  let sip: SipClient;
  beforeAll(async () => {
    lab = await startPhoneLab({ watchProcess: true });
    rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
    sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  });

  // What each test has planted it takes away again; the close of the lab would say so too.
  afterEach(() => vi.waitUntil(async () => (await lab.leftNothing()).length === 0, { timeout: 5000 }));
  afterAll(() => lab.close());

  test('a room is named with the API call that made it', async () => {
    await rooms.createRoom({ name: 'planted' });
    expect(await lab.leftNothing()).toEqual([
      { kind: 'room', what: 'room planted was created and not deleted', madeBy: madeBy('CreateRoom') },
    ]);
    await rooms.deleteRoom('planted');
  });

  test('a room that another process made is named with that process', async () => {
    const program = fileURLToPath(new URL('../support/creates-room.mjs', import.meta.url));
    const child = spawn(process.execPath, [program, lab.url, lab.apiKey, lab.apiSecret, 'foreign'], {
      stdio: 'ignore',
    });
    await once(child, 'exit');
    await expect
      .poll(() => lab.leftNothing())
      .toEqual([
        {
          kind: 'room',
          what: 'room foreign was created and not deleted',
          madeBy: madeBy('CreateRoom', `process ${child.pid}`),
        },
      ]);
    await rooms.deleteRoom('foreign');
  });

  test('a program that the lab has started is named, also when one of its children did it', async () => {
    const programs = new Map([[12, 'worker agent.js']]);
    const described = (pid: number, group: number) =>
      describeCreatedBy({ by: 'CreateRoom', at: 0, client: Promise.resolve({ pid, group }) }, programs);
    expect(await described(12, 12)).toBe('CreateRoom at 00:00:00.000 by worker agent.js (process 12)');
    expect(await described(13, 12)).toBe('CreateRoom at 00:00:00.000 by worker agent.js (process 13)');
    expect(await described(14, 14)).toBe('CreateRoom at 00:00:00.000 by process 14');
  });

  test('a participant, its track and its socket are named with who joined', async () => {
    const observer = await observe(lab, 'room', 'forgotten');
    const source = new AudioSource(48_000, 1);
    const track = LocalAudioTrack.createAudioTrack('voice', source);
    await observer.room.localParticipant?.publishTrack(track, new TrackPublishOptions());
    const joined = madeBy(String.raw`/rtc\S*`);
    await expect
      .poll(() => lab.leftNothing())
      .toEqual([
        { kind: 'participant', what: 'participant forgotten is in room room', madeBy: joined },
        {
          kind: 'track',
          what: expect.stringMatching(/^track TR_\w+ \(voice\) of forgotten in room room$/) as string,
          madeBy: joined,
        },
        {
          kind: 'socket',
          what: expect.stringMatching(/^socket \/rtc.* of forgotten in room room$/) as string,
          madeBy: joined,
        },
      ]);
    await observer[Symbol.asyncDispose]();
    await track.close();
  });

  test('a call is named with the dial, or with the line of the program that placed it', async () => {
    const phone = lab.phone('+1', (call) => call.answer());
    const caller = await lab.call({ from: '+2', roomName: 'room' });
    await sip.createSipParticipant(lab.trunkId, '+1', 'room', { waitUntilAnswered: true });
    expect(await lab.leftNothing()).toEqual([
      {
        kind: 'call',
        what: expect.stringMatching(/^phone \+2 is (ringing|active) in room room$/) as string,
        madeBy: expect.stringMatching(here) as string,
      },
      { kind: 'call', what: 'phone +1 is active in room room', madeBy: madeBy('CreateSIPParticipant') },
    ]);
    await caller.hangUp();
    await (await phone.nextCall()).hangUp();
  });

  test('trunks and rules are named with the API calls that made them', async () => {
    const inbound = await sip.createSipInboundTrunk('', ['+15550300']);
    const outbound = await sip.createSipOutboundTrunk('out', 'sip.example.test', ['+15550400']);
    const rule = await sip.createSipDispatchRule({ type: 'direct', roomName: 'support' }, { name: 'support' });
    expect(await lab.leftNothing()).toEqual([
      {
        kind: 'trunk',
        what: `trunk ${inbound.sipTrunkId} was created and not deleted`,
        madeBy: madeBy('CreateSIPInboundTrunk'),
      },
      {
        kind: 'trunk',
        what: `trunk ${outbound.sipTrunkId} (out) was created and not deleted`,
        madeBy: madeBy('CreateSIPOutboundTrunk'),
      },
      {
        kind: 'rule',
        what: `rule ${rule.sipDispatchRuleId} (support) was created and not deleted`,
        madeBy: madeBy('CreateSIPDispatchRule'),
      },
    ]);
    await sip.deleteSipDispatchRule(rule.sipDispatchRuleId);
    await sip.deleteSipTrunk(inbound.sipTrunkId);
    await sip.deleteSipTrunk(outbound.sipTrunkId);
  });

  test('a request without an answer is named with who sent it, also one that a fault holds', async () => {
    using fault = lab.fault({ method: 'CreateRoom', times: 1, do: { delayMs: 400 } });
    const created = rooms.createRoom({ name: 'late' });
    await expect.poll(() => fault.hits).toBe(1);
    expect(await lab.leftNothing()).toEqual([
      {
        kind: 'request',
        what: 'request POST /twirp/livekit.RoomService/CreateRoom has no answer',
        madeBy: madeBy('CreateRoom'),
      },
    ]);
    await created;
    expect(await lab.leftNothing()).toMatchObject([{ kind: 'room', madeBy: madeBy('CreateRoom') }]);
    await rooms.deleteRoom('late');
  });

  test('a timer is named with its line, until it has rung, is cleared or let go', async () => {
    const named = [{ kind: 'timer', what: 'timer', madeBy: expect.stringMatching(here) as string }];
    const timers = [setTimeout(() => undefined, 60_000), setInterval(() => undefined, 60_000)];
    expect(await lab.leftNothing()).toEqual([...named, ...named]);
    clearTimeout(timers[0]);
    await expect.poll(() => lab.leftNothing()).toEqual(named);
    timers[1]?.unref();
    expect(await lab.leftNothing()).toEqual([]);
    clearInterval(timers[1]);
    setTimeout(() => undefined, 1);
  });

  test('sockets of this process are named with their lines and ports', async () => {
    const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect(port, '127.0.0.1');
    await once(client, 'connect');
    const by = expect.stringMatching(here) as string;
    expect(await lab.leftNothing()).toEqual([
      { kind: 'socket', what: `listening TCP socket at port ${port}`, madeBy: by },
      { kind: 'socket', what: `TCP socket at port ${client.localPort}`, madeBy: by },
    ]);
    client.destroy();
    server.close();
  });

  test('child processes and worker threads are named with their lines', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    const thread = new Worker('setInterval(() => undefined, 1000)', { eval: true });
    const by = expect.stringMatching(here) as string;
    const left = (await lab.leftNothing()).filter(({ kind }) => kind === 'process');
    expect(left).toEqual([
      { kind: 'process', what: `child process ${child.pid}`, madeBy: by },
      { kind: 'process', what: 'worker thread', madeBy: by },
    ]);
    child.kill('SIGKILL');
    await Promise.all([once(child, 'exit'), thread.terminate()]);
  });

  test('what is left comes out at the close with who made it; without watchProcess no timer is', async () => {
    const other = await startPhoneLab({ graceMs: 0 });
    const timer = setTimeout(() => undefined, 60_000);
    await new RoomServiceClient(other.url, other.apiKey, other.apiSecret).createRoom({ name: 'planted' });
    const error = await other.close().catch((caught: unknown) => caught as Error);
    clearTimeout(timer);
    expect(error).toMatchObject({
      code: 'left-behind',
      message: expect.stringMatching(
        new RegExp(`room planted was created and not deleted \\(made by CreateRoom ${time}`),
      ) as string,
    });
    expect((error as Error).message).not.toContain('timer');
    await rm(dirname(other.serverLog ?? ''), { recursive: true });
  });
});

describe('audio sources', () => {
  let lab: PhoneLab;
  let rooms: RoomServiceClient;
  const [room, identity] = ['some-room', 'human'];

  beforeAll(async () => {
    lab = await startPhoneLab();
    rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
  });

  afterAll(() => lab.close());

  test.each<[string, (call: PhoneCall) => Promise<unknown>]>([
    ['hangs up', (call) => call.hangUp()],
    ['is removed by API', () => rooms.removeParticipant(room, identity)],
    ['was in a room that is deleted by API', () => rooms.deleteRoom(room)],
    ['loses its place', (call) => call.line.lose('removed')],
    ['loses its room', (call) => call.line.lose('room-deleted')],
  ])('nothing runs on of a phone that %s', async (_how, end) => {
    const phone = lab.phone('+15550100', (call) => call.answer());
    const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
    const before = countAudioSources();
    await sip.createSipParticipant(lab.trunkId, phone.number, room, {
      waitUntilAnswered: true,
      participantIdentity: identity,
    });
    const call = await phone.nextCall();
    expect(countAudioSources()).toBe(before + 1);
    await end(call);
    await vi.waitFor(() => expect(call.ended).toBeDefined(), { timeout: 10_000 });
    await vi.waitFor(() => expect(countAudioSources()).toBe(before), { timeout: 5_000 });
  });

  test('an API request without the right to it takes nothing from a phone', async () => {
    const phone = lab.phone('+15550101', (call) => call.answer());
    const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
    await sip.createSipParticipant(lab.trunkId, phone.number, room, {
      waitUntilAnswered: true,
      participantIdentity: identity,
    });
    const stranger = new RoomServiceClient(lab.url, lab.apiKey, 'another secret, as long as one has to be');
    await expect(stranger.removeParticipant(room, identity)).rejects.toThrow('invalid token');
    await expect(stranger.deleteRoom(room)).rejects.toThrow('invalid token');
    const { tracks } = await rooms.getParticipant(room, identity);
    expect(tracks).toHaveLength(1);
    await (await phone.nextCall()).hangUp();
  });
});

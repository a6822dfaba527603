import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AudioSource, LocalAudioTrack, TrackPublishOptions } from '@livekit/rtc-node';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneLab } from '../src/index.js';
import { describeOrigin } from '../src/origin/origin.js';
import { observe } from './helpers/observer.js';

let lab: PhoneLab;
let rooms: RoomServiceClient;
let sip: SipClient;
const here = /leftovers\.lab\.test\.ts:\d+/;
const time = String.raw`at \d\d:\d\d:\d\d\.\d\d\d`;
const onLinux = process.platform === 'linux';
/** By what, and on Linux by whom. */
const madeBy = (by: string, whom = 'this process'): unknown =>
  expect.stringMatching(new RegExp(`^${by} ${time}${onLinux ? ` by ${whom}` : ''}$`));

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
  const program = fileURLToPath(new URL('./helpers/creates-room.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, lab.url, lab.apiKey, lab.apiSecret, 'foreign'], { stdio: 'ignore' });
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
    describeOrigin({ by: 'CreateRoom', at: 0, client: Promise.resolve({ pid, group }) }, programs);
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
  const inbound = await sip.createSipInboundTrunk('in', ['+15550300']);
  const outbound = await sip.createSipOutboundTrunk('out', 'sip.example.test', ['+15550400']);
  const rule = await sip.createSipDispatchRule({ type: 'direct', roomName: 'support' });
  expect(await lab.leftNothing()).toEqual([
    {
      kind: 'trunk',
      what: `trunk ${inbound.sipTrunkId} (in) was created and not deleted`,
      madeBy: madeBy('CreateSIPInboundTrunk'),
    },
    {
      kind: 'trunk',
      what: `trunk ${outbound.sipTrunkId} (out) was created and not deleted`,
      madeBy: madeBy('CreateSIPOutboundTrunk'),
    },
    {
      kind: 'rule',
      what: `rule ${rule.sipDispatchRuleId} was created and not deleted`,
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

test('what is left comes out at the close with who made it; without watchProcess timers are nobody’s concern', async () => {
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

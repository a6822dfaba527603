import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneLab, type PhoneLabError } from '../src/index.js';
import { observe } from './helpers/observer.js';
import { processesOf } from './helpers/processes-of.js';

const rooms = (lab: PhoneLab) => new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
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
  await rooms(lab).createRoom({ name: 'consult-7' });
  const error = await complaintOf(lab);
  expect(error).toMatchObject({ code: 'left-behind' });
  expect(error.message).toContain('room consult-7 was created and not deleted');
  expect(error.message).toContain(lab.serverLog);
  expect(existsSync(lab.serverLog ?? '')).toBe(true);
  expect(await isListening(lab.url)).toBe(false);
});

test.concurrent('a participant and its socket are named', async () => {
  const lab = await startPhoneLab({ graceMs: 0 });
  const observer = await observe(lab, 'room', 'forgotten');
  expect(await lab.leftNothing()).toMatchObject([
    { kind: 'participant', what: 'participant forgotten is in room room' },
    { kind: 'socket', what: expect.stringMatching(/^socket \/rtc.* of forgotten in room room$/) as string },
  ]);
  const error = await complaintOf(lab);
  expect(error).toMatchObject({ code: 'left-behind' });
  await observer[Symbol.asyncDispose]();
});

test.concurrent('a phone that nobody hung up, and a dial without an answer, are named', async () => {
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
  await rooms(one).createRoom({ name: 'mine' });
  expect(await rooms(other).listRooms()).toEqual([]);
  await expect(new RoomServiceClient(other.url, one.apiKey, one.apiSecret).listRooms()).rejects.toMatchObject({
    status: 401,
  });
  await rooms(one).deleteRoom('mine');
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

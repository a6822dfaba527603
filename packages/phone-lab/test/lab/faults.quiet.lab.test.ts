import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startPhoneLab, type Fault, type FaultOptions, type PhoneLab, type TwirpMethod } from '../../src/index.js';
import { clientsOf, everyMethod, type Clients } from '../support/every-method.js';

let lab: PhoneLab;
let clients: Clients;
const planted: Fault[] = [];

beforeAll(async () => {
  lab = await startPhoneLab();
  clients = clientsOf(lab);
});

afterEach(() => planted.splice(0).forEach((fault) => fault.remove()));

afterAll(() => lab.close());

function plant(options: FaultOptions): Fault {
  const fault = lab.fault(options);
  planted.push(fault);
  return fault;
}

const plantAny = (options: object) => () => lab.fault(options as FaultOptions);
const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const roomNames = async () => (await clients.rooms.listRooms()).map(({ name }) => name);

test.each(Object.entries(everyMethod))('a planted failure of %s is what the SDK reports', async (method, call) => {
  const fault = plant({
    method: method as TwirpMethod,
    times: 1,
    do: { fail: { status: 503, code: 'unavailable', msg: 'planted', meta: { by: 'test' } } },
  });
  expect(await errorOf(call(clients))).toMatchObject({
    status: 503,
    code: 'unavailable',
    message: 'planted',
    metadata: { by: 'test' },
  });
  expect(fault.hits).toBe(1);
});

test.each([
  'ListRooms',
  'ListParticipants',
  'CreateSIPTrunk',
  'ListSIPDispatchRule',
  'CreateSIPParticipant',
  'ListEgress',
] as const)('a dropped answer of %s is a broken connection, and then the method is itself again', async (method) => {
  const before = await errorOf(everyMethod[method](clients));
  plant({ method, times: 1, do: 'drop-answer' });
  expect(await errorOf(everyMethod[method](clients))).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
  expect(await errorOf(everyMethod[method](clients))).toEqual(before);
});

test('a request that fails is not done', async () => {
  const fault = plant({ method: 'CreateRoom', do: { fail: { status: 500, code: 'internal', msg: 'no' } } });
  await expect(clients.rooms.createRoom({ name: 'never' })).rejects.toMatchObject({ status: 500, code: 'internal' });
  await expect(clients.rooms.createRoom({ name: 'never' })).rejects.toMatchObject({ message: 'no' });
  expect(fault.hits).toBe(2);
  expect(await roomNames()).not.toContain('never');
  fault.remove();
  fault.remove();
  await clients.rooms.createRoom({ name: 'never' });
  await clients.rooms.deleteRoom('never');
});

test('a request whose answer is dropped is done', async () => {
  plant({ method: 'CreateRoom', do: 'drop-answer' });
  await expect(clients.rooms.createRoom({ name: 'dropped' })).rejects.toThrow('fetch failed');
  expect(await roomNames()).toContain('dropped');
  await clients.rooms.deleteRoom('dropped');
});

test('a dial whose answer is dropped leaves a phone on the line', async () => {
  plant({ method: 'CreateSIPParticipant', do: 'drop-answer' });
  const phone = lab.phone('+1', async (call) => {
    await call.answer();
    await call.untilEnded();
  });
  const dial = clients.sip.createSipParticipant(lab.trunkId, '+1', 'lost', { waitUntilAnswered: true });
  await expect(dial).rejects.toThrow('fetch failed');
  const call = await phone.nextCall();
  expect(call.status.at(-1)?.status).toBe('active');
  await call.hangUp();
  await phone.done;
});

test('a proxy that gives up answers with an HTML page and no code, and the phone rings on and is answered', async () => {
  const fault = plant({ method: 'CreateSIPParticipant', do: { proxy: { status: 504, afterMs: 200 } } });
  const phone = lab.phone('+3', async (call) => {
    await call.ring(600);
    await call.answer();
  });
  const started = Date.now();
  const dial = clients.sip.createSipParticipant(lab.trunkId, '+3', 'cut', { waitUntilAnswered: true });
  expect(await errorOf(dial)).toMatchObject({
    status: 504,
    name: 'Gateway Timeout',
    code: undefined,
    message: expect.stringMatching(/^<html>/) as string,
  });
  expect(Date.now() - started).toBeGreaterThanOrEqual(195);
  const call = await phone.nextCall();
  expect(call.status.map(({ status }) => status)).not.toContain('active');
  await call.connected();
  await call.hangUp();
  await phone.done;
  expect(fault.hits).toBe(1);
});

test('a proxy passes on the answer that comes in time', async () => {
  plant({ method: 'CreateRoom', do: { proxy: { status: 502, afterMs: 5000 } } });
  expect(await clients.rooms.createRoom({ name: 'in-time' })).toMatchObject({ name: 'in-time' });
  await clients.rooms.deleteRoom('in-time');
});

test('a delayed request is done and answered later', async () => {
  plant({ method: 'CreateRoom', do: { delayMs: 300 } });
  const started = Date.now();
  const created = clients.rooms.createRoom({ name: 'late' });
  expect(await roomNames()).not.toContain('late');
  await created;
  expect(Date.now() - started).toBeGreaterThanOrEqual(295);
  expect(await roomNames()).toContain('late');
  await clients.rooms.deleteRoom('late');
});

test('a delayed request is done though its client has given up', async () => {
  plant({ method: 'CreateRoom', do: { delayMs: 400 } });
  const impatient = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret, { requestTimeout: 0.1 });
  await expect(impatient.createRoom({ name: 'too-late' })).rejects.toThrow(/aborted/);
  expect(await roomNames()).not.toContain('too-late');
  await expect.poll(roomNames, { timeout: 5000 }).toContain('too-late');
  await clients.rooms.deleteRoom('too-late');
});

test('a request that hangs is neither done nor answered, and is named while it does', async () => {
  const fault = plant({ method: 'CreateRoom', do: 'hang' });
  const impatient = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret, { requestTimeout: 0.5 });
  const created = errorOf(impatient.createRoom({ name: 'hung' }));
  await expect.poll(() => fault.hits).toBe(1);
  expect(await lab.leftNothing()).toMatchObject([
    { kind: 'request', what: 'request POST /twirp/livekit.RoomService/CreateRoom has no answer' },
  ]);
  expect(await created).toMatchObject({ name: 'TimeoutError' });
  expect(await roomNames()).not.toContain('hung');
});

test('a duplicate is done twice, and its client sees the second answer', async () => {
  await clients.rooms.createRoom({ name: 'twice' });
  plant({ method: 'DeleteRoom', do: 'duplicate' });
  await expect(clients.rooms.deleteRoom('twice')).rejects.toMatchObject({ status: 404, code: 'not_found' });
  expect(await roomNames()).not.toContain('twice');
});

test('answers that are reordered come back last first, though each request was done when it came', async () => {
  plant({ method: ['CreateRoom', 'UpdateRoomMetadata'], do: { reorder: 3 } });
  const order: string[] = [];
  const note = (name: string, work: Promise<unknown>) => work.then(() => order.push(name));
  const first = note('first', clients.rooms.createRoom({ name: 'first' }));
  await expect.poll(roomNames).toContain('first');
  const second = note('second', clients.rooms.createRoom({ name: 'second' }));
  await expect.poll(roomNames).toContain('second');
  expect(order).toEqual([]);
  await Promise.all([first, second, note('third', clients.rooms.updateRoomMetadata('first', 'x'))]);
  expect(order).toEqual(['third', 'second', 'first']);
  await Promise.all([clients.rooms.deleteRoom('first'), clients.rooms.deleteRoom('second')]);
});

test('an answer that finds no other one to change places with is given after its time', async () => {
  const fault = plant({ method: 'ListRooms', do: { reorder: 2, withinMs: 300 } });
  const started = Date.now();
  await clients.rooms.listRooms();
  expect(Date.now() - started).toBeGreaterThanOrEqual(295);
  expect(fault.hits).toBe(1);
});

test('a fault hits as often, and as likely, as was asked for; the same seed hits the same requests', async () => {
  const pattern = async (seed: number) => {
    const options = { method: 'ListRooms', probability: 0.5, seed, do: { fail: { status: 500, code: 'x', msg: '' } } };
    const fault = plant(options as FaultOptions);
    const failed: boolean[] = [];
    for (let i = 0; i < 24; i += 1) failed.push((await errorOf(clients.rooms.listRooms())) !== undefined);
    expect(fault.hits).toBe(failed.filter(Boolean).length);
    fault.remove();
    return failed;
  };
  const first = await pattern(7);
  expect(first.filter(Boolean).length).toBeGreaterThan(4);
  expect(first.filter(Boolean).length).toBeLessThan(20);
  expect(await pattern(7)).toEqual(first);
  expect(await pattern(8)).not.toEqual(first);

  const twice = plant({ method: 'ListRooms', times: 2, do: { fail: { status: 500, code: 'x', msg: '' } } });
  const failed: boolean[] = [];
  for (let i = 0; i < 4; i += 1) failed.push((await errorOf(clients.rooms.listRooms())) !== undefined);
  expect(failed).toEqual([true, true, false, false]);
  expect(twice.hits).toBe(2);
});

test('a fault that cannot be is refused by name', () => {
  expect(plantAny({ method: 'CreateRooms', do: 'hang' })).toThrow(
    /method must be one of CreateRoom, .*not CreateRooms/,
  );
  expect(plantAny({ method: [], do: 'hang' })).toThrow(/method must name one/);
  expect(plantAny({ method: ['CreateRoom', 'Create'], do: 'hang' })).toThrow(/not Create$/);
  expect(plantAny({ method: 'CreateRoom', do: { reorder: 1 } })).toThrow(/do\.reorder must be 2 or more, not 1/);
  expect(plantAny({ method: 'CreateRoom', do: { reorder: 2, withinMs: -1 } })).toThrow(/do\.withinMs must be 0/);
  expect(plantAny({ method: 'CreateRoom', times: 0, do: 'hang' })).toThrow(/times must be .*not 0/);
  expect(plantAny({ method: 'CreateRoom', probability: 2, do: 'hang' })).toThrow(/probability must be .*not 2/);
  expect(plantAny({ method: 'CreateRoom', seed: 0.5, do: 'hang' })).toThrow(/seed must be/);
  expect(plantAny({ method: 'CreateRoom', do: 'explode' })).toThrow(/do must be .*not explode/);
  expect(plantAny({ method: 'CreateRoom', do: { proxy: { status: 503, afterMs: 0 } } })).toThrow(
    /do\.proxy\.status must be 502 or 504, not 503/,
  );
  expect(plantAny({ method: 'CreateRoom', do: { proxy: { status: 504, afterMs: -1 } } })).toThrow(
    /do\.proxy\.afterMs must be 0 or more, not -1/,
  );
  expect(plantAny({ method: 'CreateRoom', do: { delayMs: -1 } })).toThrow(/do\.delayMs must be 0 or more/);
  expect(plantAny({ method: 'CreateRoom', do: { fail: { status: 200, code: '', msg: '' } } })).toThrow(
    /do\.fail\.status must be from 400 to 599/,
  );
});

test('closing the lab breaks off what a fault holds', async () => {
  const other = await startPhoneLab({ graceMs: 0 });
  other.fault({ method: 'CreateRoom', do: 'hang' });
  other.fault({ method: 'DeleteRoom', do: { delayMs: 60_000 } });
  const { rooms } = clientsOf(other);
  const results = [errorOf(rooms.createRoom({ name: 'x' })), errorOf(rooms.deleteRoom('x'))];
  await expect.poll(async () => (await other.leftNothing()).length).toBe(2);
  await expect(other.close()).rejects.toMatchObject({ code: 'left-behind' });
  for (const error of await Promise.all(results)) expect(error).toMatchObject({ message: 'fetch failed' });
  // A lab that complains keeps its log.
  await rm(dirname(other.serverLog ?? ''), { recursive: true });
});

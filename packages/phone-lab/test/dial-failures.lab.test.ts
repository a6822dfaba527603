import { RoomServiceClient, ServerError, SipCallError, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneLab } from '../src/index.js';
import { freePorts } from '../src/server/free-ports.js';
import { observe } from './helpers/observer.js';

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;
let numbers = 0;

beforeAll(async () => {
  lab = await startPhoneLab();
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

/** Each test has its own: they dial side by side. */
const newNumber = (): string => `+${(numbers += 1)}`;

/** Dials as the SDK does, and tells how it failed and what the room saw of the phone. */
async function failedDial(number: string, act?: (room: string) => Promise<unknown>, ringingTimeout = 20) {
  const room = `room ${number}`;
  await using observer = await observe(lab, room);
  const failure = sip
    .createSipParticipant(lab.trunkId, number, room, {
      waitUntilAnswered: true,
      ringingTimeout,
      participantIdentity: 'phone',
    })
    .then(
      () => expect.unreachable('the dial succeeded'),
      (error: unknown) => error as ServerError,
    );
  await act?.(room);
  const error = await failure;
  // An observer whose room was deleted sees nobody leave.
  const over = () => !observer.room.isConnected || observer.seen.some((one) => one.includes('left'));
  await vi.waitUntil(over, { timeout: 5000 });
  return { error, seen: observer.seen.filter((one) => !one.endsWith('track')) };
}

test.concurrent.each([
  [486, 'Busy Here', 429, 'resource_exhausted', 12],
  [600, 'Busy Everywhere', 429, 'resource_exhausted', 12],
  [603, 'Decline', 403, 'permission_denied', 12],
  [403, 'Forbidden', 403, 'permission_denied', 12],
  [404, 'Not Found', 404, 'not_found', 11],
  [410, 'Gone', 404, 'not_found', 12],
  [480, 'Temporarily Unavailable', 429, 'resource_exhausted', 11],
  [408, 'Request Timeout', 408, 'deadline_exceeded', 11],
  [484, 'Address Incomplete', 400, 'invalid_argument', 12],
  [488, 'Not Acceptable Here', 400, 'invalid_argument', 12],
  [487, 'Request Terminated', 409, 'aborted', 12],
  [500, 'Server Internal Error', 412, 'failed_precondition', 1],
  [503, 'Service Unavailable', 412, 'failed_precondition', 1],
  [302, 'Moved Temporarily', 404, 'not_found', 1],
])(
  'a phone that refuses with %i %s is HTTP %i %s with the SIP status, and leaves ringing with reason %i',
  async (sipStatus, phrase, status, code, reason) => {
    const number = newNumber();
    lab.phone(number, async (call) => {
      await call.ring();
      await call.wait(200);
      await call.reject(sipStatus);
    });
    const { error, seen } = await failedDial(number);
    expect(error).toBeInstanceOf(SipCallError);
    expect(error).toMatchObject({ status, code, sipStatusCode: sipStatus, sipStatus: phrase });
    expect(error).toMatchObject({
      message: expect.stringContaining(`SIP call failed: ${sipStatus} ${phrase}`) as string,
      metadata: {
        sip_status_code: String(sipStatus),
        sip_status: phrase,
        error_details: expect.stringMatching(/^[\w+/]+=*$/) as string,
      },
    });
    expect(seen).toEqual(['phone joined', 'phone status ringing', `phone left ${reason} ringing`]);
  },
);

const canceled = { status: 408, code: 'canceled', message: 'twirp error unknown: sip request timed out' };

test.concurrent('a phone that rings and is never answered is a plain error, and was last seen ringing', async () => {
  const number = newNumber();
  const phone = lab.phone(number, (call) => call.neverAnswer());
  const { error, seen } = await failedDial(number, undefined, 1);
  expect(error).not.toBeInstanceOf(SipCallError);
  expect(error).toBeInstanceOf(ServerError);
  expect(error).toMatchObject(canceled);
  expect(seen).toEqual(['phone joined', 'phone status ringing', 'phone left 11 ringing']);
  expect(phone.calls[0]?.ended?.how).toBe('no-answer');
});

test.concurrent('a phone that does not respond is the same error, and was last seen dialing', async () => {
  const number = newNumber();
  lab.phone(number, (call) => call.neverRespond());
  const { error, seen } = await failedDial(number, undefined, 1);
  expect(error).not.toBeInstanceOf(SipCallError);
  expect(error).toMatchObject(canceled);
  expect(seen).toEqual(['phone joined', 'phone left 11 dialing']);
});

test.each([
  ['its participant is removed', (room: string) => rooms.removeParticipant(room, 'phone')],
  ['its room is deleted', (room: string) => rooms.deleteRoom(room)],
])('a phone stops ringing, and the dial fails at once, when %s', async (_, cancel) => {
  const phone = lab.phone('+4', (call) => call.neverAnswer());
  let canceledAt = 0;
  const { error } = await failedDial('+4', async (room) => {
    const call = await phone.nextCall();
    await expect.poll(() => call.status.at(-1)?.status, { timeout: 5000 }).toBe('ringing');
    canceledAt = Date.now();
    await cancel(room);
  });
  expect(error).not.toBeInstanceOf(SipCallError);
  expect(error).toMatchObject(canceled);
  expect(phone.calls[0]?.ended).toMatchObject({ how: 'disconnected', sipRequest: 'CANCEL' });
  expect(phone.calls[0]?.attributes).toMatchObject({ 'sip.callStatus': 'ringing' });
  expect((phone.calls[0]?.ended?.at ?? Infinity) - canceledAt).toBeLessThan(500);
});

test.concurrent('a phone that refuses at once has not rung, and leaves dialing', async () => {
  const number = newNumber();
  lab.phone(number, (call) => call.reject(486, 'Gone fishing'));
  const { error, seen } = await failedDial(number);
  expect(error).toMatchObject({ status: 429, sipStatusCode: 486, sipStatus: 'Gone fishing' });
  expect(seen).toEqual(['phone joined', 'phone left 12 dialing']);
});

test.concurrent('a number that no phone has is 404 Not Found, and was last seen dialing', async () => {
  const { error, seen } = await failedDial('+99');
  expect(error).toBeInstanceOf(SipCallError);
  expect(error).toMatchObject({ status: 404, code: 'not_found', sipStatusCode: 404 });
  expect(seen).toEqual(['phone joined', 'phone left 11 dialing']);
});

test.concurrent.each([401, 407])(
  'a phone that wants a password (%i) is a plain error: the trunk has none',
  async (sipStatus) => {
    const number = newNumber();
    lab.phone(number, async (call) => {
      await call.ring(100);
      await call.reject(sipStatus);
    });
    const { error, seen } = await failedDial(number);
    expect(error).not.toBeInstanceOf(SipCallError);
    expect(error).toMatchObject({
      status: 412,
      code: 'failed_precondition',
      message: 'twirp error unknown: sip server required auth, but no username or password was provided',
    });
    expect(seen.at(-1)).toBe('phone left 12 ringing');
  },
);

test('an unknown trunk is refused before anybody joins', async () => {
  const dial = sip.createSipParticipant('ST_other', '+1', 'no-room', { waitUntilAnswered: true });
  await expect(dial).rejects.toMatchObject({
    status: 404,
    code: 'not_found',
    message: 'requested sip trunk does not exist',
  });
  expect(await rooms.listRooms(['no-room'])).toEqual([]);
});

test('an empty number is refused before anybody joins', async () => {
  const dial = sip.createSipParticipant(lab.trunkId, '', 'no-room', { waitUntilAnswered: true });
  await expect(dial).rejects.toMatchObject({
    status: 400,
    code: 'invalid_argument',
    message: 'missing sip callee number',
  });
  expect(await rooms.listRooms(['no-room'])).toEqual([]);
});

test('a wrong secret is 401 with the token in the message, as the server says it', async () => {
  const stranger = new SipClient(lab.url, lab.apiKey, 'another-secret-of-more-than-32-characters');
  const error = await stranger.createSipParticipant(lab.trunkId, '+1', 'no-room').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ServerError);
  expect(error).toMatchObject({ status: 401, code: undefined });
  expect((error as Error).message).toContain('eyJ');
});

test('an API key that does not exist is 401', async () => {
  const stranger = new SipClient(lab.url, 'nobody', lab.apiSecret);
  await expect(stranger.createSipParticipant(lab.trunkId, '+1', 'no-room')).rejects.toMatchObject({ status: 401 });
});

test('where no server is, the error is a plain one of fetch, with the refused connection as its cause', async () => {
  const [port] = Object.values(await freePorts());
  const nobody = new SipClient(`http://127.0.0.1:${port}`, lab.apiKey, lab.apiSecret);
  const error = await nobody.createSipParticipant(lab.trunkId, '+1', 'no-room').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } });
});

test('a ring limit of half a second is refused by the SDK before anything is sent', async () => {
  const dial = sip.createSipParticipant(lab.trunkId, '+1', 'no-room', { ringingTimeout: 0.5 });
  await expect(dial).rejects.toThrow(RangeError);
  expect(await rooms.listRooms(['no-room'])).toEqual([]);
});

test.each(['moveParticipant', 'forwardParticipant'] as const)(
  '%s is not implemented, as on every self-hosted server',
  async (method) => {
    await using somebody = await observe(lab, 'room-a', 'somebody');
    expect(somebody.room.isConnected).toBe(true);
    await expect(rooms[method]('room-a', 'somebody', 'room-b')).rejects.toMatchObject({
      status: 500,
      code: 'unknown',
      message: expect.stringMatching(/not implemented$/) as string,
    });
  },
);

const hasRemoved = (room: string, identity: string) =>
  rooms.removeParticipant(room, identity).then(
    () => true,
    () => false,
  );

test.for([1, 2, 3])(
  'a dial that is canceled in the moment the phone joins fails as canceled, and nobody rings (%i)',
  async (i) => {
    const phone = lab.phone('+5', (call) => call.neverAnswer());
    const dial = sip
      .createSipParticipant(lab.trunkId, '+5', `at-once-${i}`, {
        waitUntilAnswered: true,
        participantIdentity: 'phone',
      })
      .catch((error: unknown) => error);
    await expect.poll(() => hasRemoved(`at-once-${i}`, 'phone'), { interval: 1, timeout: 5000 }).toBe(true);
    expect(await dial).toMatchObject(canceled);
    expect(await rooms.listParticipants(`at-once-${i}`)).toEqual([]);
    expect((await phone.nextCall()).ended).toMatchObject({ how: 'disconnected' });
    await phone.done;
  },
);

test.concurrent.each([
  ['removed', 4],
  ['deleted', 5],
])('a dial can be canceled at every moment of the ringing, when its participant or room is %s', async (how, reason) => {
  for (let i = 0; i < 6; i += 1) {
    const [number, room] = [newNumber(), `moment-${how}-${i}`];
    const phone = lab.phone(number, (call) => call.neverAnswer());
    const dial = sip
      .createSipParticipant(lab.trunkId, number, room, { waitUntilAnswered: true, participantIdentity: 'phone' })
      .catch((error: unknown) => error);
    const call = await phone.nextCall();
    await vi.waitUntil(() => call.status.at(-1)?.status === 'ringing', { interval: 1, timeout: 5000 });
    await call.wait(i * 24);
    const canceledAt = Date.now();
    await (how === 'removed' ? rooms.removeParticipant(room, 'phone') : rooms.deleteRoom(room));
    expect(await dial).toMatchObject(canceled);
    expect(await call.finished).toMatchObject({ how: 'disconnected', reason });
    expect((call.ended?.at ?? Infinity) - canceledAt).toBeLessThan(500);
  }
});

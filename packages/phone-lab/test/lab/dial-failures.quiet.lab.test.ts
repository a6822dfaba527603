import { RoomServiceClient, ServerError, SipCallError, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneLab } from '../../src/index.js';
import { freePorts } from '../../src/server/free-ports.js';
import { canceled, expectCanceledAtJoin, expectRefusal, failedDial, refusals } from '../support/failed-dial.js';
import { observe } from '../support/observer.js';

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

// The others are in dial-failures.long.test.ts; what each is to be called is in sip-status-error.test.ts.
test.concurrent.each(refusals.slice(0, 1))(
  'a phone that refuses with %i %s is HTTP %i %s with the SIP status, and leaves ringing with reason %i',
  (...row) => expectRefusal(lab, newNumber(), row),
);

test.concurrent('a phone that rings and is never answered is a plain error, and was last seen ringing', async () => {
  const number = newNumber();
  const phone = lab.phone(number, (call) => call.neverAnswer());
  const { error, seen } = await failedDial(lab, number, { ringingTimeout: 1 });
  expect(error).not.toBeInstanceOf(SipCallError);
  expect(error).toBeInstanceOf(ServerError);
  expect(error).toMatchObject(canceled);
  expect(seen).toEqual(['phone joined', 'phone status ringing', 'phone left 11 ringing']);
  expect(phone.calls[0]?.ended?.how).toBe('no-answer');
});

test.concurrent('a phone that does not respond is the same error, and was last seen dialing', async () => {
  const number = newNumber();
  lab.phone(number, (call) => call.neverRespond());
  const { error, seen } = await failedDial(lab, number, { ringingTimeout: 1 });
  expect(error).not.toBeInstanceOf(SipCallError);
  expect(error).toMatchObject(canceled);
  expect(seen).toEqual(['phone joined', 'phone left 11 dialing']);
});

test.concurrent.each([
  ['its participant is removed', 4, (room: string) => rooms.removeParticipant(room, 'phone')],
  ['its room is deleted', 5, (room: string) => rooms.deleteRoom(room)],
] as const)('a phone stops ringing, and the dial fails before its ring limit, when %s', async (_, reason, cancel) => {
  const number = newNumber();
  const phone = lab.phone(number, (call) => call.neverAnswer());
  let canceledAt = 0;
  const act = async (room: string): Promise<void> => {
    const call = await phone.nextCall();
    await vi.waitFor(() => expect(call.status.at(-1)?.status).toBe('ringing'), { timeout: 10_000 });
    canceledAt = Date.now();
    await cancel(room);
  };
  const { error } = await failedDial(lab, number, { act });
  expect(error).not.toBeInstanceOf(SipCallError);
  expect(error).toMatchObject(canceled);
  expect(phone.calls[0]?.ended).toMatchObject({ how: 'disconnected', reason, sipRequest: 'CANCEL' });
  expect(phone.calls[0]?.attributes).toMatchObject({ 'sip.callStatus': 'ringing' });
  expect((phone.calls[0]?.ended?.at ?? Infinity) - canceledAt).toBeLessThan(5000);
});

test.concurrent('a phone that refuses without ringing leaves dialing', async () => {
  const number = newNumber();
  lab.phone(number, (call) => call.reject(486, 'Gone fishing'));
  const { error, seen } = await failedDial(lab, number);
  expect(error).toMatchObject({ status: 429, sipStatusCode: 486, sipStatus: 'Gone fishing' });
  expect(seen).toEqual(['phone joined', 'phone left 12 dialing']);
});

test.concurrent('a number that no phone has is 404 Not Found, and was last seen dialing', async () => {
  const { error, seen } = await failedDial(lab, '+99');
  expect(error).toBeInstanceOf(SipCallError);
  expect(error).toMatchObject({ status: 404, code: 'not_found', sipStatusCode: 404 });
  expect(seen).toEqual(['phone joined', 'phone left 11 dialing']);
});

test.concurrent.each([401, 407])(
  'a phone that wants a password (%i) is a plain error, since the trunk has none',
  async (sipStatus) => {
    const number = newNumber();
    lab.phone(number, async (call) => {
      await call.ring(100);
      await call.reject(sipStatus);
    });
    const { error, seen } = await failedDial(lab, number);
    expect(error).not.toBeInstanceOf(SipCallError);
    expect(error).toMatchObject({
      status: 412,
      code: 'failed_precondition',
      message: 'twirp error unknown: sip server required auth, but no username or password was provided',
    });
    expect(seen.at(-1)).toBe('phone left 12 ringing');
  },
);

test('an unknown trunk is refused, and creates no room', async () => {
  const dial = sip.createSipParticipant('ST_other', '+1', 'no-room', { waitUntilAnswered: true });
  await expect(dial).rejects.toMatchObject({
    status: 404,
    code: 'not_found',
    message: 'requested sip trunk does not exist',
  });
  expect(await rooms.listRooms(['no-room'])).toEqual([]);
});

test('an empty number is refused, and creates no room', async () => {
  const dial = sip.createSipParticipant(lab.trunkId, '', 'no-room', { waitUntilAnswered: true });
  await expect(dial).rejects.toMatchObject({
    status: 400,
    code: 'invalid_argument',
    message: 'missing sip callee number',
  });
  expect(await rooms.listRooms(['no-room'])).toEqual([]);
});

test('a wrong secret is 401 with the token in the message', async () => {
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

test.each(['moveParticipant', 'forwardParticipant'] as const)('%s is not implemented', async (method) => {
  await using somebody = await observe(lab, 'room-a', 'somebody');
  expect(somebody.room.isConnected).toBe(true);
  await expect(rooms[method]('room-a', 'somebody', 'room-b')).rejects.toMatchObject({
    status: 500,
    code: 'unknown',
    message: expect.stringMatching(/not implemented$/) as string,
  });
});

test.concurrent('a dial that is canceled in the moment the phone joins fails as canceled, and the phone does not ring on', () =>
  expectCanceledAtJoin(lab, newNumber()));

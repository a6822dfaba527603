import { describe, expect, test } from 'vitest';
import { type DialRequest, type SipCall, SipDialer } from '../../src/index.js';
import {
  ScriptedDialer,
  type ScriptedPhone,
  type ScriptedRoom,
  ScriptedServer,
  scriptedTrunk,
  ScriptedClock,
} from '../../src/testing.js';

interface Line {
  readonly clock: ScriptedClock;
  readonly room: ScriptedRoom;
  readonly call: SipCall;
  /** Milliseconds from now. */
  readonly taken: () => number;
}

async function answeredCall(request: Partial<DialRequest> = {}, phone: Partial<ScriptedPhone> = {}): Promise<Line> {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  server.phones.set('100', { does: 'answer', afterMs: 100, ...phone } as ScriptedPhone);
  const room = server.room('room');
  const base = { to: '100', roomName: 'room', participantIdentity: 'human-1', trunkId: scriptedTrunk, watch: room };
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
  const outcome = await clock.settle(dialer.dial({ ...base, ...request }));
  if (outcome.status !== 'answered') throw new Error(outcome.status);
  const from = clock.now();
  return { clock, room, call: outcome.call, taken: () => clock.now() - from };
}

const rejection = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
const digits = ({ keys }: ScriptedRoom): string => keys.map(({ digit }) => digit).join('');

describe('keys sent in a call', () => {
  test('go out one by one at the pace of the gateway, letters in lower case, with the codes of RFC 4733', async () => {
    const { clock, room, call, taken } = await answeredCall();
    const sending = call.sendDtmf('1 9-*#.Ad');
    await clock.advance(539);
    expect(digits(room)).toBe('1');
    await clock.advance(1);
    expect(digits(room)).toBe('19');
    expect(await clock.settle(sending)).toEqual({ status: 'sent', pressed: 6 });
    expect(taken()).toBe(6 * 540);
    expect(room.keys.map(({ code }) => code)).toEqual([1, 9, 10, 11, 12, 15]);
    expect(digits(room)).toBe('19*#ad');
  });

  test('wait half a second at each w', async () => {
    const { clock, room, call, taken } = await answeredCall();
    expect(await clock.settle(call.sendDtmf('ww5w'))).toEqual({ status: 'sent', pressed: 1 });
    expect(taken()).toBe(500 + 500 + 540 + 500);
    expect(digits(room)).toBe('5');
  });

  test('of a second call wait for those of the first', async () => {
    const { clock, room, call, taken } = await answeredCall();
    const [first, second] = [call.sendDtmf('12'), call.sendDtmf('34')];
    await clock.advance(2 * 540 - 1);
    expect(digits(room)).toBe('12');
    await clock.settle(first);
    await clock.settle(second);
    expect(digits(room)).toBe('1234');
    expect(taken()).toBe(4 * 540);
  });

  test('stop at an abort, also while they wait for others, and those after them still go', async () => {
    const { clock, room, call } = await answeredCall();
    const abort = new AbortController();
    const first = call.sendDtmf('12', { signal: abort.signal });
    const second = call.sendDtmf('34', { signal: abort.signal });
    const third = call.sendDtmf('5');
    await clock.advance(600);
    abort.abort();
    expect(await clock.settle(second, 0)).toEqual({ status: 'canceled', pressed: 0 });
    expect(await clock.settle(first, 0)).toEqual({ status: 'sent', pressed: 2 });
    expect(await clock.settle(third)).toEqual({ status: 'sent', pressed: 1 });
    expect(digits(room)).toBe('125');
    expect(await call.sendDtmf('6', { signal: abort.signal })).toEqual({ status: 'canceled', pressed: 0 });
  });

  test('that are left out while they wait let those after them wait no less', async () => {
    const { clock, room, call, taken } = await answeredCall();
    const abort = new AbortController();
    const sending = [call.sendDtmf('123'), call.sendDtmf('4', { signal: abort.signal }), call.sendDtmf('5')];
    abort.abort();
    await clock.settle(Promise.all(sending));
    expect(digits(room)).toBe('1235');
    expect(taken()).toBe(4 * 540);
  });

  test('stop when the phone hangs up, which is returned, not thrown', async () => {
    const { clock, room, call } = await answeredCall({}, { hangsUpAfterMs: 700 });
    expect(await clock.settle(call.sendDtmf('1234'))).toEqual({ status: 'call-ended', pressed: 2 });
    expect(await call.sendDtmf('5')).toEqual({ status: 'call-ended', pressed: 0 });
    expect(digits(room)).toBe('12');
    await clock.advance(60_000);
    expect(clock.pending, 'timers').toBe(0);
  });

  test('go through a room that is joined later', async () => {
    const clock = new ScriptedClock();
    const server = new ScriptedServer({ clock });
    server.phones.set('100', { does: 'answer', afterMs: 100 });
    const watch = new Promise<ScriptedRoom>((resolve) => void clock.after(1_000, () => resolve(server.room('room'))));
    const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
    const request = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk, watch };
    const outcome = await clock.settle(dialer.dial(request));
    if (outcome.status !== 'answered') throw new Error(outcome.status);
    expect(await clock.settle(outcome.call.sendDtmf('7'))).toEqual({ status: 'sent', pressed: 1 });
    await clock.settle(outcome.call.hangUp());
  });
});

describe('keys are refused', () => {
  test('with a sentence when no joined room was given', async () => {
    const { call } = await answeredCall({ watch: undefined });
    await expect(call.sendDtmf('1')).rejects.toMatchObject({
      code: 'missing-option',
      option: 'watch',
      message: "sendDtmf needs the phone's room, joined: give watch with the request to dial",
    });
  });

  test.each(['', '12e', 'hello'])('when no phone has them: "%s"', async (keys) => {
    const { call, room } = await answeredCall();
    await expect(call.sendDtmf(keys)).rejects.toMatchObject({ code: 'invalid-option', option: 'keys' });
    expect(room.keys).toEqual([]);
  });

  test('when a second phone is in the room, as soon as it is', async () => {
    const { clock, call, room } = await answeredCall();
    room.join({ identity: 'agent', attributes: {}, state: 2 });
    const sending = call.sendDtmf('12');
    const refused = rejection(sending);
    await clock.advance(100);
    room.join({ identity: 'other', attributes: { 'sip.callID': 'SCL_2' }, state: 2 });
    await clock.advance(1_000);
    expect(await refused).toMatchObject({ code: 'keys-unsent', message: expect.stringContaining('another phone') });
    expect(digits(room)).toBe('1');
  });

  test('when the room is lost, is another one, or is not joined', async () => {
    const unsent = { code: 'keys-unsent', option: 'watch' };
    const lost = await answeredCall();
    lost.room.disconnect();
    await expect(lost.call.sendDtmf('1')).rejects.toMatchObject(unsent);
    const other = await answeredCall({ watch: new ScriptedServer().room('elsewhere') });
    await expect(other.call.sendDtmf('1')).rejects.toMatchObject(unsent);
    const unjoined = await answeredCall({ watch: Promise.reject(new Error('could not join')) });
    await expect(unjoined.call.sendDtmf('1')).rejects.toMatchObject(unsent);
    const { room, call } = await answeredCall();
    room.localParticipant = undefined;
    await expect(call.sendDtmf('1')).rejects.toMatchObject(unsent);
  });

  test('when the server rejects a key or never answers, with an error that names no participant', async () => {
    const { clock, room, call } = await answeredCall();
    room.localParticipant = { publishDtmf: () => Promise.reject(new Error('human-1 in room: no permission')) };
    await expect(call.sendDtmf('1')).rejects.toMatchObject({
      code: 'keys-unsent',
      message: 'a key could not be sent: [redacted] in [redacted]: no permission',
    });
    room.localParticipant = { publishDtmf: () => new Promise(() => {}) };
    const refused = rejection(call.sendDtmf('1'));
    await clock.advance(5_000);
    expect(await refused).toMatchObject({ code: 'keys-unsent', message: expect.stringContaining('5000 ms') });
  });
});

test('a scripted call takes down the keys, and refuses what the real one refuses', async () => {
  const dialer = new ScriptedDialer();
  const watch = new ScriptedServer().room('room');
  const request = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: 'ST_1' };
  await dialer.dial({ ...request, watch });
  await dialer.dial(request);
  const [call, unwatched] = dialer.calls;
  expect(await call?.sendDtmf('1w A')).toEqual({ status: 'sent', pressed: 2 });
  expect(call?.keys).toEqual(['1', 'a']);
  await expect(call?.sendDtmf('x')).rejects.toMatchObject({ option: 'keys' });
  await expect(unwatched?.sendDtmf('1')).rejects.toMatchObject({ option: 'watch' });
  expect(await call?.sendDtmf('1', { signal: AbortSignal.abort() })).toEqual({ status: 'canceled', pressed: 0 });
  call?.end({ by: 'phone' });
  expect(await call?.sendDtmf('1')).toEqual({ status: 'call-ended', pressed: 0 });
});

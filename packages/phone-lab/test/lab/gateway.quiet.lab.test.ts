import { setImmediate } from 'node:timers/promises';
import { RoomEvent } from '@livekit/rtc-node';
import { RoomServiceClient, SipClient, SIPInboundTrunkInfo, SIPOutboundTrunkInfo } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneCall, type PhoneLab } from '../../src/index.js';
import { startPhoneLabWith } from '../../src/lab/start-phone-lab.js';
import { gatewayTiming } from '../../src/call/gateway-timing.js';
import { observe, type Observer } from '../support/observer.js';

/** What takes LiveKit's gateway a long time takes it a short time in a lab of these tests. */
const impatient = { ...gatewayTiming, noResponseMs: 1000, waitingDialMs: 2000, inboundRingMs: 800 };

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;

beforeAll(async () => {
  lab = await startPhoneLab();
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

type DialOptions = NonNullable<Parameters<SipClient['createSipParticipant']>[3]>;

const dial = (number: string, room: string, options: DialOptions = {}, trunkId = lab.trunkId, client = sip) =>
  client.createSipParticipant(trunkId, number, room, {
    waitUntilAnswered: true,
    participantIdentity: 'phone',
    ringingTimeout: 20,
    ...options,
  });

const clientOf = ({ url, apiKey, apiSecret }: PhoneLab): SipClient => new SipClient(url, apiKey, apiSecret);

/** The error of a dial, and what a room had seen of the phone by then. */
async function failed(observer: Observer, dialing: Promise<unknown>) {
  const error = await dialing.then(
    () => expect.unreachable('the dial succeeded'),
    (caught: unknown) => caught,
  );
  return { error, seen: observer.seen.filter((one) => one !== 'phone track') };
}

/** Every change of the phone's attributes, as the room sees them. */
function changesOf({ room }: Observer): Record<string, string>[] {
  const changes: Record<string, string>[] = [];
  room.on(RoomEvent.ParticipantAttributesChanged, (changed) => changes.push({ ...changed }));
  return changes;
}

const answerAndStay = async (call: PhoneCall): Promise<void> => {
  await call.ring(100);
  await call.answer();
};

test.concurrent('a phone that never responds fails the dial when the gateway gives it up', async () => {
  await using quick = await startPhoneLabWith(impatient);
  await using observer = await observe(quick, 'mute');
  const phone = quick.phone('+1', (call) => call.neverRespond());
  const { error } = await failed(observer, dial('+1', 'mute', {}, quick.trunkId, clientOf(quick)));
  expect(error).toMatchObject({
    status: 408,
    code: 'canceled',
    message: 'twirp error unknown: transaction failed to complete (0 intermediate responses)',
  });
  await observer.until('phone left 11 dialing');
  expect(phone.calls[0]?.ended?.how).toBe('no-response');
});

test.concurrent('a dial that rings longer than the server waits fails first, then the phone stops ringing', async () => {
  await using quick = await startPhoneLabWith(impatient);
  await using observer = await observe(quick, 'patient');
  const phone = quick.phone('+2', (call) => call.neverAnswer());
  const { error, seen } = await failed(observer, dial('+2', 'patient', {}, quick.trunkId, clientOf(quick)));
  expect(error).toMatchObject({
    status: 408,
    code: 'deadline_exceeded',
    message: 'twirp error unknown: request timed out',
  });
  expect(seen).toEqual(['phone joined', 'phone status ringing']);
  await observer.until('phone left 11 ringing');
  expect(phone.calls[0]?.ended?.how).toBe('no-answer');
});

test.concurrent('the longest duration of a call limits its ringing as well', async () => {
  await using observer = await observe(lab, 'short');
  lab.phone('+3', (call) => call.neverAnswer());
  const { error } = await failed(observer, dial('+3', 'short', { maxCallDuration: 1 }));
  expect(error).toMatchObject({ status: 408, code: 'canceled' });
  await observer.until('phone left 11 ringing');
});

test.concurrent('keys of a dial take at least 520 ms each, a w 500; ids come before them, active after', async () => {
  await using observer = await observe(lab, 'keys');
  const changes = changesOf(observer);
  const phone = lab.phone('+4', answerAndStay);
  await dial('+4', 'keys', { dtmf: 'w12' });
  await observer.until('phone status active');
  expect(changes.map((change) => Object.keys(change).toSorted())).toEqual([
    ['sip.callStatus'],
    ['sip.callIDFull', 'sip.callTag'],
    ['sip.callStatus'],
    ['sip.callStatus'],
  ]);
  expect(changes.map((change) => change['sip.callStatus'])).toEqual(['ringing', undefined, 'automation', 'active']);
  const { status, keys } = await phone.nextCall();
  const [began = Infinity, active = 0] = status.slice(-2).map(({ at }) => at);
  expect(keys.map(({ key }) => key)).toEqual(['1', '2']);
  expect((keys[1]?.at ?? 0) - (keys[0]?.at ?? 0)).toBeGreaterThanOrEqual(515);
  expect(active - began).toBeGreaterThanOrEqual(1530);
  await rooms.deleteRoom('keys');
  await phone.done;
});

test.concurrent('who is removed while the keys are played is gone before the first one, but the keys go on and the dial succeeds', async () => {
  await using observer = await observe(lab, 'removed');
  const phone = lab.phone('+5', answerAndStay);
  const dialing = dial('+5', 'removed', { dtmf: 'ww12' });
  await observer.until('phone status automation');
  await rooms.removeParticipant('removed', 'phone');
  await observer.until('phone left 4 automation');
  const call = await phone.nextCall();
  expect(call.ended).toBeUndefined();
  expect(call.keys).toEqual([]);
  expect((await lab.leftNothing()).map(({ what }) => what).join()).toContain('phone +5 is automation');
  await dialing;
  expect(call.keys.map(({ key }) => key)).toEqual(['1', '2']);
  expect(await call.finished).toMatchObject({ how: 'disconnected', sipRequest: 'BYE', reason: 4 });
  expect(observer.seen).not.toContain('phone status active');
});

/** Resolves when the phone shows this status, before the server does. */
async function shows(call: PhoneCall, wanted: string): Promise<void> {
  while (call.status.at(-1)?.status !== wanted) await setImmediate();
}

test.concurrent('a phone that hangs up while the keys are played is noticed after them, and the dial succeeds', async () => {
  await using observer = await observe(lab, 'hung-up');
  const phone = lab.phone('+6', answerAndStay);
  const dialing = dial('+6', 'hung-up', { dtmf: '1ww2' });
  const call = await phone.nextCall();
  await shows(call, 'automation');
  const hangingUp = call.hangUp();
  await dialing;
  await observer.until('phone left 1 hangup');
  expect(observer.seen.slice(-4)).toEqual([
    'phone status automation',
    'phone status active',
    'phone status hangup',
    'phone left 1 hangup',
  ]);
  await hangingUp;
  const at = (wanted: string): number => call.status.find(({ status }) => status === wanted)?.at ?? Number.NaN;
  expect(call.ended?.at).toBeLessThan(at('automation') + 500);
  expect(at('active') - at('automation')).toBeGreaterThanOrEqual(2030);
  // A phone that has hung up hears nothing any more.
  expect(call.keys.map(({ key }) => key)).toEqual(['1']);
  expect(await call.finished).toMatchObject({ how: 'hung-up' });
});

test.concurrent('a dial succeeds although the phone hangs up in the moment of its answer', async () => {
  await using observer = await observe(lab, 'brief');
  const phone = lab.phone('+12', answerAndStay);
  const dialing = dial('+12', 'brief');
  const call = await phone.nextCall();
  await shows(call, 'active');
  await call.hangUp();
  await dialing;
  await observer.until('phone left 1 hangup');
  expect(await call.finished).toMatchObject({ how: 'hung-up' });
});

test.concurrent('the lab does not wait for keys when it closes', async () => {
  const other = await startPhoneLab({ graceMs: 0 });
  const phone = other.phone('+7', answerAndStay);
  const dialing = new SipClient(other.url, other.apiKey, other.apiSecret)
    .createSipParticipant(other.trunkId, '+7', 'closed', { waitUntilAnswered: true, dtmf: 'w'.repeat(40) })
    .catch((error: unknown) => error);
  const call = await phone.nextCall();
  await vi.waitFor(() => expect(call.status.at(-1)?.status).toBe('automation'), { timeout: 5000 });
  const started = Date.now();
  await expect(other.close()).rejects.toThrow(/phone \+7 is automation in room closed/);
  expect(Date.now() - started).toBeLessThan(5000);
  expect(await dialing).toBeInstanceOf(Error);
});

test.concurrent('keys from the room reach the phone at least 515 ms apart, however fast they are sent', async () => {
  await using observer = await observe(lab, 'fast');
  const phone = lab.phone('+8', answerAndStay);
  const dialing = dial('+8', 'fast');
  await observer.until('phone status ringing');
  // Nobody hears what is pressed before the answer.
  await observer.room.localParticipant?.publishDtmf(9, '9');
  await dialing;
  for (const code of [1, 2, 3]) await observer.room.localParticipant?.publishDtmf(code, String(code));
  const call = await phone.nextCall();
  await vi.waitFor(() => expect(call.keys.map(({ key }) => key).join('')).toBe('123'), { timeout: 5000 });
  const [first = 0, second = 0, third = 0] = call.keys.map(({ at }) => at);
  expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(535);
  await call.hangUp();
  await call.finished;
});

test.concurrent('headers go out with the call, and those of the answer become attributes together with the ids', async () => {
  const { sipTrunkId } = await sip.createSipOutboundTrunk('headers', 'sip.carrier.test', ['+15550200']);
  const trunk = new SIPOutboundTrunkInfo({
    address: 'sip.carrier.test',
    numbers: ['+15550200'],
    headers: { 'X-Trunk': 't' },
    headersToAttributes: { 'X-Answer': 'my.answer' },
    attributesToHeaders: { mine: 'X-Mine' },
  });
  await sip.updateSipOutboundTrunk(sipTrunkId, trunk);
  await using observer = await observe(lab, 'headers');
  const changes = changesOf(observer);
  const phone = lab.phone('+9', async (call) => {
    call.onRefer({ reject: 603 });
    await call.ring(100);
    await call.answer({ headers: { 'X-Answer': 'forty-two', 'X-Other': 'o', Subject: 's' } });
  });
  const { includeHeaders } = SIPInboundTrunkInfo.fromJson({ includeHeaders: 'SIP_X_HEADERS' });
  const options = { headers: { 'X-Call': 'c' }, includeHeaders, participantAttributes: { mine: 'm' } };
  await dial('+9', 'headers', options, sipTrunkId);
  await observer.until('phone status active');
  expect(Object.keys(changes[1] ?? {}).toSorted()).toEqual([
    'my.answer',
    'sip.callIDFull',
    'sip.callTag',
    'sip.h.x-answer',
    'sip.h.x-other',
  ]);
  expect(changes[1]).toMatchObject({ 'my.answer': 'forty-two', 'sip.h.x-other': 'o' });
  const call = await phone.nextCall();
  expect(call.headers).toEqual({ 'X-Call': 'c', 'X-Trunk': 't' });
  expect(call.callerId).toBe('+15550200');
  const transfer = sip.transferSipParticipant('headers', 'phone', 'tel:+1', { headers: { 'X-Why': 'w' } });
  await expect(transfer).rejects.toMatchObject({ sipStatusCode: 603 });
  expect(call.refers[0]?.headers).toEqual({ 'X-Why': 'w', 'X-Mine': 'm' });
  await call.hangUp();
  await call.finished;
  await sip.deleteSipTrunk(sipTrunkId);
});

test.concurrent('a dial that brings its trunk along has no trunk id', async () => {
  const phone = lab.phone('+11', answerAndStay);
  const trunk = { hostname: 'sip.carrier.test' } as NonNullable<Parameters<SipClient['createSipParticipant']>[4]>;
  await sip.createSipParticipant(
    '',
    '+11',
    'inline',
    { fromNumber: '+15550200', waitUntilAnswered: true, participantIdentity: 'phone' },
    trunk,
  );
  const call = await phone.nextCall();
  expect(call.attributes).toMatchObject({ 'sip.hostname': 'sip.carrier.test' });
  expect(call.attributes).not.toHaveProperty(['sip.trunkID']);
  await call.hangUp();
  await call.finished;
});

test.concurrent('a call that comes in and is not answered is dropped by the gateway, ringing, with reason 1', async () => {
  await using quick = await startPhoneLabWith(impatient);
  await using observer = await observe(quick, 'nobody');
  const call = await quick.call({ from: '+4930', roomName: 'nobody' });
  expect(await call.finished).toMatchObject({ how: 'no-answer', reason: 1 });
  await observer.until('sip_+4930 left 1 ringing');
});

test.concurrent('the trunk says how long a call that comes in may ring', async () => {
  const { sipTrunkId } = await sip.createSipInboundTrunk('hasty', ['+15550301'], { ringingTimeout: 1 });
  const rule = await sip.createSipDispatchRule({ type: 'direct', roomName: 'hasty' });
  const started = Date.now();
  const call = await lab.call({ from: '+4930', to: '+15550301' });
  expect(await call.finished).toMatchObject({ how: 'no-answer', reason: 1 });
  expect(Date.now() - started).toBeGreaterThanOrEqual(990);
  await sip.deleteSipDispatchRule(rule.sipDispatchRuleId);
  await sip.deleteSipTrunk(sipTrunkId);
});

test.concurrent('a caller who gives up is seen to hang up', async () => {
  await using observer = await observe(lab, 'gives-up');
  const call = await lab.call({ from: '+4931', roomName: 'gives-up', ringLimitMs: 300 });
  expect(await call.finished).toMatchObject({ how: 'no-answer', reason: 1 });
  await observer.until('sip_+4931 left 1 hangup');
});

test.concurrent('a request that is no JSON is malformed', async () => {
  const answer = await fetch(`${lab.url.replace('ws', 'http')}/twirp/livekit.SIP/CreateSIPParticipant`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await sip.authHeader({}, { call: true })) },
    body: '{',
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({ code: 'malformed', msg: 'the json request could not be decoded' });
});

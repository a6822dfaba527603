import { RoomServiceClient, ServerError, SipCallError, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PhoneCall, PhoneLab, PhoneScript, ReferAnswer } from '../../src/index.js';
import { startPhoneLabWith } from '../../src/lab/start-phone-lab.js';
import { gatewayTiming } from '../../src/call/gateway-timing.js';
import { observe } from '../support/observer.js';

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;
const hangUpAfterReferMs = 2000;
const humans: PhoneCall[] = [];
let numbers = 15_551_000;

beforeAll(async () => {
  const timing = { ...gatewayTiming, noResponseMs: 3000, hangUpAfterReferMs };
  lab = await startPhoneLabWith(timing, { unroutedCalls: 'ring' });
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(async () => {
  for (const human of humans) if (!human.ended) await human.hangUp();
  await Promise.all(humans.map((human) => human.finished));
  for (const { sipTrunkId } of await sip.listSipInboundTrunk()) await sip.deleteSipTrunk(sipTrunkId);
  for (const { sipDispatchRuleId } of await sip.listSipDispatchRule())
    await sip.deleteSipDispatchRule(sipDispatchRuleId);
  await lab.close();
});

/** A human in a consult room; both are new for every test. */
async function dialHuman(script: PhoneScript, waitUntilAnswered: boolean): Promise<PhoneCall> {
  const number = `+${(numbers += 1)}`;
  const phone = lab.phone(number, script, { voice: 1000 });
  await sip.createSipParticipant(lab.trunkId, number, `consult ${number}`, {
    waitUntilAnswered,
    participantIdentity: 'human',
  });
  const human = await phone.nextCall();
  humans.push(human);
  return human;
}

/** A human on the line who does this on REFER. */
const humanOnTheLine = (answer?: ReferAnswer): Promise<PhoneCall> =>
  dialHuman(async (call) => {
    if (answer !== undefined) call.onRefer(answer);
    await call.answer();
  }, true);

const timedOut = { status: 408, code: 'deadline_exceeded', message: 'twirp error unknown: request timed out' };
const transfer = (call: PhoneCall, to: string, ringingTimeout = 10) =>
  sip.transferSipParticipant(call.roomName, call.identity, to, { ringingTimeout });
const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('the transfer succeeded'),
    (error: unknown) => error,
  );

test.concurrent.each([
  [{ reject: 603 }, 603, 403, 'permission_denied'],
  [{ reject: 405 }, 405, 400, 'invalid_argument'],
  [{ notify: 486 }, 486, 429, 'resource_exhausted'],
] as const)(
  'a phone that answers %j stays where it is, and the SDK gets SIP %i',
  async (answer, sipStatusCode, status, code) => {
    const call = await humanOnTheLine(answer);
    const error = await errorOf(transfer(call, 'tel:+15550300'));
    expect(error).toBeInstanceOf(SipCallError);
    expect(error).toMatchObject({ sipStatusCode, status, code });
    expect(call.ended).toBeUndefined();
    expect(await rooms.getParticipant(call.roomName, 'human')).toMatchObject({
      attributes: { 'sip.callStatus': 'active' },
    });
    expect(call.refers).toMatchObject([{ number: '+15550300', newCall: undefined }]);
  },
);

test.concurrent('a phone that does not answer the REFER is a plain 408 after the ringing timeout', async () => {
  const call = await humanOnTheLine('silence');
  const started = Date.now();
  const error = await errorOf(transfer(call, 'tel:+15550300', 1));
  expect(Date.now() - started).toBeGreaterThanOrEqual(995);
  expect(error).toBeInstanceOf(ServerError);
  expect(error).not.toBeInstanceOf(SipCallError);
  expect(error).toMatchObject(timedOut);
  expect(call.ended).toBeUndefined();
  // The gateway goes on asking: another transfer has to wait, the same one waits with it.
  expect(await errorOf(transfer(call, 'tel:+15550301'))).toMatchObject({
    status: 400,
    code: 'invalid_argument',
    message: 'twirp error unknown: call already being transferred elsewhere',
  });
  expect(await errorOf(transfer(call, 'tel:+15550300', 1))).toMatchObject(timedOut);
  expect(call.refers).toHaveLength(1);
  call.onRefer({ reject: 603 });
  const refused = async () => ((await errorOf(transfer(call, 'tel:+15550301'))) as SipCallError).sipStatusCode;
  await vi.waitFor(async () => expect(await refused()).toBe(603), { timeout: 5000, interval: 200 });
});

test.concurrent('a phone that says nothing for as long as the gateway waits fails the transfer as canceled', async () => {
  const call = await humanOnTheLine('silence');
  expect(await errorOf(transfer(call, 'tel:+15550300'))).toMatchObject({
    status: 408,
    code: 'canceled',
    message: 'twirp error unknown: transaction failed to complete (0 intermediate responses)',
  });
});

test.concurrent('a phone that agrees and hangs up counts as transferred', async () => {
  const call = await humanOnTheLine('accept-and-hang-up');
  await transfer(call, 'tel:+15559999');
  expect(await call.finished).toMatchObject({ how: 'transferred', reason: 1 });
});

test.concurrent('a phone that agrees, and nothing follows, is a plain 408; it stays, and can be transferred again', async () => {
  const call = await humanOnTheLine('accept-only');
  expect(await errorOf(transfer(call, 'tel:+15559999', 1))).toMatchObject({ status: 408 });
  expect(await errorOf(transfer(call, 'tel:+15559998', 1))).toMatchObject({ status: 408 });
  expect(call.refers).toHaveLength(2);
  expect(call.ended).toBeUndefined();
});

test.concurrent('a number that nothing routes rings without end; the transfer times out, and the phone stays', async () => {
  const call = await humanOnTheLine('follow');
  expect(await errorOf(transfer(call, 'sip:+15550999@x', 1))).toMatchObject({ status: 408 });
  expect(call.ended).toBeUndefined();
  expect(call.refers[0]?.newCall).toMatchObject({ roomName: '', ended: undefined });
});

test.concurrent('a phone that reports success somewhere else leaves', async () => {
  const call = await humanOnTheLine({ notify: 200 });
  await transfer(call, '<sip:+15559999@elsewhere>');
  expect(await call.finished).toMatchObject({ how: 'transferred' });
});

test.concurrent('a caller can be transferred as well', async () => {
  const calls = await Promise.all(['+15550002', '+15550003'].map((from) => lab.call({ from, roomName: 'lonely' })));
  const [caller, other] = calls;
  await Promise.all(calls.map((call) => call.connected()));
  caller?.onRefer({ notify: 200 });
  await sip.transferSipParticipant('lonely', 'sip_+15550002', 'tel:+15559999');
  expect(await caller?.finished).toMatchObject({ how: 'transferred' });
  await other?.hangUp();
  await other?.finished;
});

test.concurrent('a phone that still rings gets the REFER only when it answers, even if the request has timed out by then', async () => {
  const call = await dialHuman(async (phone) => {
    phone.onRefer({ reject: 603 });
    await phone.ring(2000);
    await phone.answer();
  }, false);
  await vi.waitFor(() => expect(call.status.length).toBe(2), { timeout: 5000 });
  expect(await errorOf(transfer(call, 'tel:+15550300', 1))).toMatchObject(timedOut);
  expect(call.refers).toEqual([]);
  await call.connected();
  await vi.waitFor(() => expect(call.refers.length).toBe(1), { timeout: 5000 });
});

test.concurrent('a phone that is never answered never gets the REFER', async () => {
  const call = await dialHuman((phone) => phone.neverAnswer(), false);
  await vi.waitFor(() => expect(call.status.length).toBe(2), { timeout: 5000 });
  const error = errorOf(transfer(call, 'tel:+15550300'));
  await rooms.removeParticipant(call.roomName, 'human');
  expect(await error).toMatchObject({ status: 412, code: 'failed_precondition' });
  expect(call.refers).toEqual([]);
});

test.concurrent('a call that ends before the phone has answered the REFER does not end the transfer', async () => {
  const call = await humanOnTheLine('silence');
  const started = Date.now();
  const error = errorOf(transfer(call, 'tel:+15550300', 2));
  await vi.waitFor(() => expect(call.refers.length).toBe(1), { timeout: 5000 });
  await call.hangUp();
  expect(await error).toMatchObject(timedOut);
  expect(Date.now() - started).toBeGreaterThanOrEqual(1990);
});

test.concurrent('what the server refuses is refused, and what makes no sense is refused by name', async () => {
  const call = await humanOnTheLine();
  expect(await errorOf(transfer(call, '+15550300'))).toMatchObject({
    status: 400,
    code: 'invalid_argument',
    message: 'transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)',
  });
  expect(await errorOf(sip.transferSipParticipant(call.roomName, '', 'tel:+1'))).toMatchObject({ status: 400 });
  const stranger = new SipClient(lab.url, lab.apiKey, 'another-secret-of-more-than-32-characters');
  expect(await errorOf(stranger.transferSipParticipant(call.roomName, 'human', 'tel:+1'))).toMatchObject({
    status: 401,
  });
  expect(() => call.onRefer({ reject: 200 })).toThrow(/reject must be a SIP status from 300 to 699, not 200/);
  expect(() => call.onRefer({ notify: 100 })).toThrow(/notify must be a SIP status from 200 to 699, not 100/);
  expect(() => call.onRefer('obey' as ReferAnswer)).toThrow(/not obey/);
  expect(call.refers).toEqual([]);
});

/** A number that a rule routes into a room; both are new for every test. */
async function routedNumber(): Promise<{ readonly number: string; readonly roomName: string }> {
  const number = `+${(numbers += 1)}`;
  const roomName = `caller-room ${number}`;
  const { sipTrunkId } = await sip.createSipInboundTrunk(`rejoin ${number}`, [number]);
  await sip.createSipDispatchRule({ type: 'direct', roomName }, { trunkIds: [sipTrunkId] });
  return { number, roomName };
}

test.concurrent('a phone that follows is heard in the room of the rule; the API says so first, the old call ends when the gateway has waited', async () => {
  const { number, roomName } = await routedNumber();
  await using observer = await observe(lab, roomName);
  const caller = await lab.call({ from: '+15550002', roomName, voice: 600 });
  const old = await humanOnTheLine({
    follow: async (call) => {
      await call.connected();
      call.tone();
      await call.waitToHear(600);
    },
  });
  await using consult = await observe(lab, old.roomName);
  const follower = `sip_${old.number}`;
  const startedAt = Date.now();
  await transfer(old, `sip:${number}@sip.phone-lab.test`);
  const [refer] = old.refers;
  expect(refer).toMatchObject({ uri: `sip:${number}@sip.phone-lab.test`, number });
  expect(refer?.newCall).toMatchObject({ roomName, identity: follower, ended: undefined });
  expect(consult.seen).not.toContain('human status hangup');
  expect(observer.seen).toContain(`${follower} joined`);
  expect(observer.seen).not.toContain(`${follower} status active`);
  await observer.until(`${follower} status active`);
  expect(old.ended).toBeUndefined();
  await consult.until('human left 1 hangup');
  expect(await old.finished).toMatchObject({ how: 'transferred', reason: 1 });
  expect((old.ended?.at ?? 0) - startedAt).toBeGreaterThan(hangUpAfterReferMs - 10);
  expect(refer?.newCall?.status.map(({ status }) => status)).toEqual(['ringing', 'active']);
  await caller.connected();
  caller.tone();
  await caller.waitToHear(1000);
  await refer?.newCall?.waitToHear(600);
  await refer?.newCall?.hangUp();
  await caller.hangUp();
  await Promise.all([refer?.newCall?.finished, caller.finished]);
});

test.concurrent('a phone that hangs up by itself is gone from the old room before the gateway has waited', async () => {
  const { number, roomName } = await routedNumber();
  await using observer = await observe(lab, roomName);
  const caller = await lab.call({ from: '+15550002', roomName });
  const old = await humanOnTheLine({ follow: () => undefined, hangsUp: true });
  await transfer(old, `sip:${number}@x`);
  const resolvedAt = Date.now();
  expect(await old.finished).toMatchObject({ how: 'transferred', reason: 1 });
  expect((old.ended?.at ?? Infinity) - resolvedAt).toBeLessThan(hangUpAfterReferMs - 100);
  await observer.until(`sip_${old.number} status active`);
  await old.refers[0]?.newCall?.hangUp();
  await caller.hangUp();
  await Promise.all([old.refers[0]?.newCall?.finished, caller.finished]);
});

test.concurrent('where no participant publishes, the transfer times out, but the new call rings on, and is active when a participant joins', async () => {
  const { number, roomName } = await routedNumber();
  const call = await humanOnTheLine();
  expect(await errorOf(transfer(call, `sip:${number}@x`, 1))).toMatchObject({ status: 408 });
  const statuses = () => call.refers[0]?.newCall?.status.map(({ status }) => status);
  await vi.waitFor(() => expect(statuses()).toEqual(['ringing']), { timeout: 5000 });
  const newCall = call.refers[0]?.newCall;
  const caller = await lab.call({ from: '+15550002', roomName });
  await newCall?.connected();
  // Nobody waits for that any more: the human is in both rooms.
  expect(call.ended).toBeUndefined();
  await newCall?.hangUp();
  await caller.hangUp();
  await Promise.all([newCall?.finished, caller.finished]);
});

test.concurrent('a new call that is sent away fails the transfer with what the phone got', async () => {
  const { number, roomName } = await routedNumber();
  const call = await humanOnTheLine('follow');
  const error = errorOf(transfer(call, `sip:${number}@x`));
  await vi.waitFor(() => expect(call.refers[0]?.newCall?.status.length).toBe(1), { timeout: 5000 });
  await rooms.removeParticipant(roomName, `sip_${call.number}`);
  expect(await error).toMatchObject({ sipStatusCode: 486 });
  expect(call.ended).toBeUndefined();
});

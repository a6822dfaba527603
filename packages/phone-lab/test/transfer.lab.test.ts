import { RoomServiceClient, ServerError, SipCallError, SipClient } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startPhoneLab, type PhoneCall, type PhoneLab, type ReferAnswer } from '../src/index.js';
import { observe } from './helpers/observer.js';

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;
let human: PhoneCall | undefined;

beforeAll(async () => {
  lab = await startPhoneLab();
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
  await sip.createSipInboundTrunk('rejoin', ['+15550300']);
  await sip.createSipDispatchRule({ type: 'direct', roomName: 'caller-room' });
});

afterEach(async () => {
  if (human && !human.ended) await human.hangUp();
  await human?.finished;
});

afterAll(async () => {
  for (const { sipTrunkId } of await sip.listSipInboundTrunk()) await sip.deleteSipTrunk(sipTrunkId);
  for (const { sipDispatchRuleId } of await sip.listSipDispatchRule())
    await sip.deleteSipDispatchRule(sipDispatchRuleId);
  await lab.close();
});

/** A human on the line in the consult room who does this on REFER. */
async function humanOnTheLine(answer?: ReferAnswer): Promise<PhoneCall> {
  const phone = lab.phone(
    '+15550001',
    async (call) => {
      if (answer !== undefined) call.onRefer(answer);
      await call.answer();
    },
    { voice: 1000 },
  );
  await sip.createSipParticipant(lab.trunkId, '+15550001', 'consult', {
    waitUntilAnswered: true,
    participantIdentity: 'human',
  });
  human = await phone.nextCall();
  return human;
}

const transfer = (to: string, ringingTimeout = 10) =>
  sip.transferSipParticipant('consult', 'human', to, { ringingTimeout });
const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('the transfer succeeded'),
    (error: unknown) => error,
  );

test('a phone that follows appears in the room of the rule, is heard there, and leaves the old one', async () => {
  await using consult = await observe(lab, 'consult');
  await using observer = await observe(lab, 'caller-room');
  const caller = await lab.call({ from: '+15550002', roomName: 'caller-room', voice: 600 });
  const old = await humanOnTheLine({
    follow: async (call) => {
      await call.connected();
      call.tone();
      await call.waitToHear(600);
    },
  });
  await transfer('sip:+15550300@sip.phone-lab.test');
  const [refer] = old.refers;
  expect(refer).toMatchObject({ uri: 'sip:+15550300@sip.phone-lab.test', number: '+15550300' });
  expect(refer?.newCall).toMatchObject({ roomName: 'caller-room', identity: 'sip_+15550001', ended: undefined });
  expect(refer?.newCall?.status.map(({ status }) => status)).toEqual(['ringing', 'active']);
  expect(await old.finished).toMatchObject({ how: 'transferred', reason: 1 });
  await consult.until('human left 1 hangup');
  await observer.until('sip_+15550001 status active');
  await caller.connected();
  caller.tone();
  await caller.waitToHear(1000);
  await refer?.newCall?.waitToHear(600);
  await refer?.newCall?.hangUp();
  await caller.hangUp();
  await Promise.all([refer?.newCall?.finished, caller.finished]);
});

test.each([
  [{ reject: 603 }, 603, 403, 'permission_denied'],
  [{ reject: 405 }, 405, 400, 'invalid_argument'],
  [{ notify: 486 }, 486, 429, 'resource_exhausted'],
] as const)(
  'a phone that answers %j stays where it is, and the SDK gets SIP %i',
  async (answer, sipStatusCode, status, code) => {
    const call = await humanOnTheLine(answer);
    const error = await errorOf(transfer('tel:+15550300'));
    expect(error).toBeInstanceOf(SipCallError);
    expect(error).toMatchObject({ sipStatusCode, status, code });
    expect(call.ended).toBeUndefined();
    expect(await rooms.getParticipant('consult', 'human')).toMatchObject({
      attributes: { 'sip.callStatus': 'active' },
    });
    expect(call.refers).toMatchObject([{ number: '+15550300', newCall: undefined }]);
  },
);

test('a phone that does not answer the REFER is a plain 408 after the ringing timeout', async () => {
  const call = await humanOnTheLine('silence');
  const started = Date.now();
  const error = await errorOf(transfer('tel:+15550300', 1));
  expect(Date.now() - started).toBeGreaterThanOrEqual(995);
  expect(error).toBeInstanceOf(ServerError);
  expect(error).not.toBeInstanceOf(SipCallError);
  expect(error).toMatchObject({ status: 408, code: 'deadline_exceeded' });
  expect(call.ended).toBeUndefined();
});

test('where nobody publishes the new call only rings, and the transfer times out', async () => {
  const call = await humanOnTheLine();
  expect(await errorOf(transfer('sip:+15550300@x', 1))).toMatchObject({ status: 408, code: 'deadline_exceeded' });
  expect(call.ended).toBeUndefined();
  expect(call.refers[0]?.newCall?.status.map(({ status }) => status)).not.toContain('active');
  expect(await call.refers[0]?.newCall?.finished).toMatchObject({ how: 'hung-up' });
});

test('a number that nothing routes is 404, and the phone stays', async () => {
  const call = await humanOnTheLine('follow');
  expect(await errorOf(transfer('sip:+15550999@x'))).toMatchObject({ sipStatusCode: 404, status: 404 });
  expect(call.ended).toBeUndefined();
});

test('a phone that reports success somewhere else leaves', async () => {
  const call = await humanOnTheLine({ notify: 200 });
  await transfer('<sip:+15559999@elsewhere>');
  expect(await call.finished).toMatchObject({ how: 'transferred' });
});

test('a caller can be transferred as well, and not before the call is active', async () => {
  const caller = await lab.call({ from: '+15550002', roomName: 'lonely' });
  const early = sip.transferSipParticipant('lonely', 'sip_+15550002', 'tel:+15559999');
  expect(await errorOf(early)).toMatchObject({ status: 412, code: 'failed_precondition' });
  const other = await lab.call({ from: '+15550003', roomName: 'lonely' });
  await Promise.all([caller.connected(), other.connected()]);
  caller.onRefer({ notify: 200 });
  await sip.transferSipParticipant('lonely', 'sip_+15550002', 'tel:+15559999');
  expect(await caller.finished).toMatchObject({ how: 'transferred' });
  await other.hangUp();
  await other.finished;
});

test('a call that ends before the phone has answered the REFER ends the transfer', async () => {
  const call = await humanOnTheLine('silence');
  const error = errorOf(transfer('tel:+15550300'));
  await expect.poll(() => call.refers.length).toBe(1);
  await call.hangUp();
  expect(await error).toMatchObject({ status: 408, code: 'canceled' });
});

test('what the server refuses is refused, and what makes no sense is refused by name', async () => {
  const call = await humanOnTheLine();
  expect(await errorOf(transfer('+15550300'))).toMatchObject({
    status: 400,
    code: 'invalid_argument',
    message: 'transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)',
  });
  expect(await errorOf(sip.transferSipParticipant('consult', '', 'tel:+1'))).toMatchObject({ status: 400 });
  const stranger = new SipClient(lab.url, lab.apiKey, 'another-secret-of-more-than-32-characters');
  expect(await errorOf(stranger.transferSipParticipant('consult', 'human', 'tel:+1'))).toMatchObject({ status: 401 });
  expect(() => call.onRefer({ reject: 200 })).toThrow(/reject must be a SIP status from 300 to 699, not 200/);
  expect(() => call.onRefer({ notify: 100 })).toThrow(/notify must be a SIP status from 200 to 699, not 100/);
  expect(() => call.onRefer('obey' as ReferAnswer)).toThrow(/not obey/);
  expect(call.refers).toEqual([]);
});

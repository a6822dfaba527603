import { AudioSource, LocalAudioTrack, RoomEvent, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import { AgentDispatchClient, RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { PhoneLabError, startPhoneLab, whoHeardWhom, type PhoneLab, type PhoneScript } from '../../src/index.js';
import { vocabularyOf } from '../../src/tones.js';
import { observe } from '../support/observer.js';

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;

beforeAll(async () => {
  lab = await startPhoneLab({ vocabulary: vocabularyOf('yes', 'no') });
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

const dial = (number: string, room: string, options: Parameters<SipClient['createSipParticipant']>[3] = {}) =>
  sip.createSipParticipant(lab.trunkId, number, room, {
    waitUntilAnswered: true,
    participantIdentity: 'phone',
    ...options,
  });

test('a call is dialing, ringing, has its track while it rings, is active, and ends with hangup and reason 1', async () => {
  await using observer = await observe(lab, 'order');
  const phone = lab.phone('+1', async (call) => {
    await call.ring(500);
    await call.answer();
    await call.wait(100);
    await call.hangUp();
  });
  const askedAt = Date.now();
  const info = await dial('+1', 'order');
  expect(observer.seen).toContain('phone status ringing');
  expect(info).toMatchObject({
    participantIdentity: 'phone',
    roomName: 'order',
    sipCallId: expect.stringMatching(/^SCL_/) as string,
  });
  expect(info.participantId).toMatch(/^PA_/);
  await phone.done;
  await observer.until('phone left 1 hangup');
  expect(observer.seen).toEqual([
    'phone joined',
    'phone status ringing',
    'phone track',
    'phone status active',
    'phone status hangup',
    'phone left 1 hangup',
  ]);
  expect(phone.calls[0]?.status.map(({ status }) => status)).toEqual(['dialing', 'ringing', 'active', 'hangup']);
  expect(phone.calls[0]?.ended).toMatchObject({ how: 'hung-up', reason: 1 });
  const { placedAt = 0, status = [] } = phone.calls[0] ?? {};
  expect(placedAt).toBeGreaterThanOrEqual(askedAt);
  expect(placedAt).toBeLessThanOrEqual(status[0]?.at ?? 0);
});

test('the participant is of kind SIP with the attributes of an outbound leg, some only from the answer on, and is removed as a real leg is', async () => {
  await using observer = await observe(lab, 'attributes');
  const phone = lab.phone('+2', async (call) => {
    await call.ring(1000);
    await call.answer();
    await call.untilEnded();
  });
  const answered = dial('+2', 'attributes', {
    participantName: 'Human',
    participantMetadata: 'meta',
    participantAttributes: { team: 'billing' },
  });
  await observer.until('phone status ringing');
  const leg = observer.room.remoteParticipants.get('phone');
  const outbound = {
    team: 'billing',
    'sip.callID': expect.stringMatching(/^SCL_/) as string,
    'sip.trunkID': lab.trunkId,
    'sip.trunkPhoneNumber': lab.trunkNumber,
    'sip.phoneNumber': '+2',
    'sip.hostname': 'sip.phone-lab.test',
  };
  expect(leg?.attributes).toEqual({ ...outbound, 'sip.callStatus': 'ringing' });
  expect(leg).toMatchObject({ kind: 3, name: 'Human', metadata: 'meta' });
  const changes: unknown[] = [];
  observer.room.on(RoomEvent.ParticipantAttributesChanged, (changed) => changes.push({ ...changed }));
  await vi.waitFor(
    () => expect([...(leg?.trackPublications.values() ?? [])].map((one) => one.mimeType)).toEqual(['audio/opus']),
    { timeout: 5000 },
  );
  await answered;
  await observer.until('phone status active');
  expect(leg?.attributes).toEqual({
    ...outbound,
    'sip.callStatus': 'active',
    'sip.callIDFull': expect.stringMatching(/^[\dA-Za-z]{27}$/) as string,
    'sip.callTag': expect.stringMatching(/^[\da-f]{16}$/) as string,
  });
  const { 'sip.callIDFull': callIDFull, 'sip.callTag': callTag } = leg?.attributes ?? {};
  expect(changes).toEqual([{ 'sip.callIDFull': callIDFull, 'sip.callTag': callTag }, { 'sip.callStatus': 'active' }]);
  const goodbyes: [string, number][] = [];
  observer.room
    .on(RoomEvent.TrackUnpublished, () => goodbyes.push(['track unpublished', performance.now()]))
    .on(RoomEvent.ParticipantDisconnected, () => goodbyes.push(['left', performance.now()]));
  await rooms.removeParticipant('attributes', 'phone');
  expect(await phone.calls[0]?.finished).toMatchObject({ how: 'disconnected', sipRequest: 'BYE', reason: 4 });
  await observer.until('phone left 4 active');
  // The lab takes the track back before the removal; others in the room do not see it.
  expect(goodbyes.map(([what]) => what)).toEqual(['track unpublished', 'left']);
  // A real leg's events are 2 ms apart; a track that is taken back long before would be seen to go.
  expect((goodbyes[1]?.[1] ?? Infinity) - (goodbyes[0]?.[1] ?? 0)).toBeLessThan(1000);
  expect(phone.calls[0]?.status.at(-1)?.status).toBe('active');
});

test('a dial that does not wait resolves before the answer', async () => {
  const phone = lab.phone('+3', async (call) => {
    await call.ring(1000);
    await call.answer();
    await call.hangUp();
  });
  await dial('+3', 'no-wait', { waitUntilAnswered: false });
  const call = await phone.nextCall();
  expect(call.status.map(({ status }) => status)).not.toContain('active');
  await call.finished;
  expect(call.status.map(({ status }) => status)).toContain('active');
});

test('aborting only the request leaves the phone ringing', async () => {
  const phone = lab.phone('+4', (call) => call.neverAnswer());
  const aborter = new AbortController();
  const request = fetch(`${lab.url.replace('ws', 'http')}/twirp/livekit.SIP/CreateSIPParticipant`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await sip.authHeader({}, { call: true })) },
    body: JSON.stringify({
      sip_trunk_id: lab.trunkId,
      sip_call_to: '+4',
      room_name: 'aborted',
      participant_identity: 'phone',
      wait_until_answered: true,
    }),
    signal: aborter.signal,
  });
  const call = await phone.nextCall();
  await vi.waitFor(() => expect(call.status.at(-1)?.status).toBe('ringing'), { timeout: 5000 });
  aborter.abort();
  await expect(request).rejects.toThrow(/aborted/);
  await new Promise((done) => setTimeout(done, 300));
  expect([call.ended, call.status.at(-1)?.status]).toEqual([undefined, 'ringing']);
  await rooms.removeParticipant('aborted', 'phone');
  await call.finished;
});

test('keys reach the phone, from a participant and from the dial itself', async () => {
  await using observer = await observe(lab, 'keys');
  const phone = lab.phone('+9', async (call) => {
    await call.answer();
    await call.press('5#');
    await call.untilEnded();
  });
  const started = Date.now();
  await dial('+9', 'keys', { dtmf: 'w12' });
  expect(Date.now() - started).toBeGreaterThan(1000);
  await observer.until('phone key # (11)');
  expect(observer.seen).toContain('phone key 5 (5)');
  expect(observer.seen).toContain('phone status automation');
  await observer.room.localParticipant?.publishDtmf(3, '3');
  const call = await phone.nextCall();
  expect([await call.waitForKey(), await call.waitForKey(), await call.waitForKey()]).toEqual(['1', '2', '3']);
  expect(call.keys.at(-1)).toMatchObject({ key: '3', from: 'observer' });
  await rooms.deleteRoom('keys');
  await phone.done;
});

test('a step that makes no sense is refused by name', async () => {
  const phone = lab.phone('+12', async (call) => {
    expect(() => call.tone(440)).toThrow(/tone\(\) needs a call that is active/);
    await expect(call.reject(200)).rejects.toThrow(/300 to 699/);
    await call.answer();
    await expect(call.answer()).rejects.toThrow(/before the answer/);
    await expect(call.say('maybe')).rejects.toThrow(/known words: yes, no/);
    await expect(call.press('x')).rejects.toThrow(/"x" is not a key/);
    expect(() => call.tone()).toThrow(/no voice/);
    await call.hangUp();
    await expect(call.wait(10)).rejects.toSatisfy(
      (error) => PhoneLabError.isInstance(error) && error.code === 'call-ended',
    );
  });
  await dial('+12', 'misuse');
  await phone.done;
});

test('a call ends by itself when its longest duration has passed', async () => {
  const phone = lab.phone('+13', async (call) => {
    await call.answer();
    await call.untilEnded();
  });
  await dial('+13', 'limit', { maxCallDuration: 1 });
  expect(await (await phone.nextCall()).finished).toMatchObject({ how: 'time-limit', reason: 1 });
});

test('an inbound call rings until a participant publishes, with the attributes of an inbound leg', async () => {
  await using observer = await observe(lab, 'inbound');
  const call = await lab.call({
    from: '+4930',
    roomName: 'inbound',
    attributes: { plan: 'gold' },
    script: async (phone) => {
      await phone.connected();
      await phone.hangUp();
    },
  });
  await observer.until('sip_+4930 joined');
  const seen = (): unknown =>
    expect(observer.room.remoteParticipants.get('sip_+4930')?.attributes).toMatchObject({
      'sip.callStatus': 'ringing',
    });
  await vi.waitFor(seen, { timeout: 10_000 });
  await new Promise((done) => setTimeout(done, 300));
  expect(call.status.map(({ status }) => status)).toEqual(['ringing']);
  expect(observer.room.remoteParticipants.get('sip_+4930')).toMatchObject({
    kind: 3,
    attributes: {
      plan: 'gold',
      'sip.callID': expect.stringMatching(/^SCL_/) as string,
      'sip.callIDFull': expect.any(String) as string,
      'sip.callTag': expect.any(String) as string,
      'sip.callStatus': 'ringing',
      'sip.phoneNumber': '+4930',
      'sip.trunkPhoneNumber': lab.trunkNumber,
      'sip.trunkID': lab.trunkId,
      'sip.ruleID': expect.stringMatching(/^SDR_/) as string,
    },
  });

  const source = new AudioSource(48_000, 1);
  const track = LocalAudioTrack.createAudioTrack('agent', source);
  await observer.room.localParticipant?.publishTrack(
    track,
    new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
  );
  expect(await call.finished).toMatchObject({ how: 'hung-up' });
  await observer.until('sip_+4930 left 1 hangup');
  expect(observer.seen).toContain('sip_+4930 status active');
  expect(observer.seen).toContain('sip_+4930 status hangup');
  await track.close();
});

test('a caller can hang up while it rings', async () => {
  const call = await lab.call({ from: '+4932', roomName: 'impatient', script: (phone) => phone.hangUp() });
  expect(await call.finished).toMatchObject({ how: 'hung-up' });
  expect(call.status.map(({ status }) => status)).not.toContain('active');
});

test('two callers in one room make each other active', async () => {
  const calls = await Promise.all(['+4933', '+4934'].map((from) => lab.call({ from, roomName: 'two' })));
  await Promise.all(calls.map((call) => call.connected()));
  await rooms.deleteRoom('two');
  for (const call of calls) expect(await call.finished).toMatchObject({ how: 'disconnected' });
});

test('a call dispatches the worker that it names into its room, with the metadata', async () => {
  const call = await lab.call({ from: '+4935', roomName: 'dispatched', agentName: 'support', metadata: '{"a":1}' });
  const dispatches = await new AgentDispatchClient(lab.url, lab.apiKey, lab.apiSecret).listDispatch('dispatched');
  // The server also keeps one for workers without a name.
  expect(dispatches.filter(({ agentName }) => agentName !== '')).toMatchObject([
    { agentName: 'support', metadata: '{"a":1}' },
  ]);
  await call.hangUp();
  await call.finished;
});

test('a call that nothing routes is rejected with 404 where the server does so, and gets into no room', async () => {
  await using rejecting = await startPhoneLab({ unroutedCalls: 'reject' });
  const call = await rejecting.call({ from: '+4936', to: '+15550199' });
  expect(call.ended).toMatchObject({ how: 'rejected', sipStatus: 404 });
  expect(call).toMatchObject({ roomName: '', status: [] });
});

const soundAndStay: PhoneScript = async (call) => {
  await call.ring(50);
  await call.answer();
  call.tone();
  await call.untilEnded();
};

test('two phones in a room hear each other and not themselves', async () => {
  const [anna, bob] = [lab.phone('+5', soundAndStay, { voice: 1000 }), lab.phone('+6', soundAndStay, { voice: 600 })];
  await Promise.all([
    dial('+5', 'pair', { participantIdentity: 'anna' }),
    dial('+6', 'pair', { participantIdentity: 'bob' }),
  ]);
  const [annaCall, bobCall] = [await anna.nextCall(), await bob.nextCall()];
  await Promise.all([annaCall.waitToHear(600, { forMs: 500 }), bobCall.waitToHear(1000, { forMs: 500 })]);
  const from = Date.now();
  await Promise.all([annaCall.waitToHear(600, { forMs: 500 }), bobCall.waitToHear(1000, { forMs: 500 })]);
  annaCall.quiet();
  const to = Date.now();
  // The far end's decoder draws out the last sound for up to half a second.
  await bobCall.wait(700);
  const fromQuiet = Date.now();
  await annaCall.waitToHear(600, { forMs: 500 });
  const toQuiet = Date.now();
  await rooms.deleteRoom('pair');
  await Promise.all([anna.done, bob.done]);

  const signatures = [
    { name: 'anna', frequencies: [1000] },
    { name: 'bob', frequencies: [600] },
  ];
  const table = whoHeardWhom({ anna: annaCall.ear, bob: bobCall.ear }, signatures, [
    { name: 'both', from, to },
    { name: 'only bob', from: fromQuiet, to: toQuiet },
  ]);
  expect(table['both']?.['anna']).toMatchObject({ anna: 0 });
  expect(table['both']?.['anna']?.['bob']).toBeGreaterThanOrEqual(300);
  expect(table['both']?.['bob']?.['anna']).toBeGreaterThanOrEqual(300);
  expect(table['only bob']?.['bob']).toMatchObject({ anna: 0, bob: 0 });
  expect(table['only bob']?.['anna']?.['bob']).toBeGreaterThanOrEqual(300);
  expect(annaCall.ear.tracks).toMatchObject([{ publisher: 'bob', trackSid: expect.stringMatching(/^TR_/) as string }]);
  expect(annaCall.ear.levelDbfs({ from, to })).toBeCloseTo(-20, -1);
  expect(annaCall.ear.firstHeardAt(1000)).toBeUndefined();
});

test('a phone hears nothing before it answers', async () => {
  const talker = lab.phone('+7', async (call) => {
    await call.answer();
    call.tone(800);
    await call.untilEnded();
  });
  const listener = lab.phone('+8', async (call) => {
    await call.ring(1000);
    await call.answer();
    await call.waitToHear(800);
  });
  await dial('+7', 'early', { participantIdentity: 'talker' });
  await dial('+8', 'early', { participantIdentity: 'listener' });
  const call = await listener.nextCall();
  await call.waitToHear(800);
  const activeAt = call.status.find(({ status }) => status === 'active')?.at ?? Infinity;
  expect(call.ear.firstHeardAt(800)).toBeGreaterThanOrEqual(activeAt - 60);
  await rooms.deleteRoom('early');
  await Promise.all([talker.done, listener.done]);
});

test('words are heard as the voice and the word together', async () => {
  const speaker = lab.phone(
    '+10',
    async (call) => {
      await call.answer();
      await call.waitForKey();
      await call.say('yes', 'no');
      await call.hangUp();
    },
    { voice: 1000 },
  );
  const listener = lab.phone('+11', async (call) => {
    await call.answer();
    await call.press('1');
    await call.waitToHear(2400);
    await call.wait(400);
    await call.hangUp();
  });
  await dial('+10', 'words', { participantIdentity: 'speaker' });
  await dial('+11', 'words', { participantIdentity: 'listener' });
  await Promise.all([speaker.done, listener.done]);
  const ear = (await listener.nextCall()).ear;
  const words = [
    { name: 'voice', frequencies: [1000] },
    { name: 'yes', frequencies: [2300] },
    { name: 'no', frequencies: [2400] },
  ];
  const heard = ear.timeline(words).map((window) => window.heard.join('+'));
  expect(heard).toContain('voice+yes');
  expect(heard).toContain('voice+no');
  expect(heard.indexOf('voice+yes')).toBeLessThan(heard.indexOf('voice+no'));
});

test('the room hears the ringing if the dial asks for it, until the answer', async () => {
  const listening = await lab.listen('dialtone', 'phone');
  const phone = lab.phone('+14', async (call) => {
    await call.ring(1500);
    await call.answer();
  });
  await dial('+14', 'dialtone', { playDialtone: true });
  const call = await phone.nextCall();
  expect(listening.says.heardMs(425)).toBeGreaterThanOrEqual(500);
  const from = Date.now() + 500;
  await call.wait(1200);
  expect(listening.says.heard(425, { from })).toBe(false);
  await call.hangUp();
  await call.finished;
});

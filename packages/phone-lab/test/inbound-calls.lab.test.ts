import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { AudioSource, LocalAudioTrack, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPhoneLab, type PhoneLab } from '../src/index.js';
import { observe } from './helpers/observer.js';

let lab: PhoneLab;
let rooms: RoomServiceClient;

beforeAll(async () => {
  lab = await startPhoneLab();
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

test.concurrent('an inbound call rings until somebody publishes, with the attributes of an inbound leg', async () => {
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

test.concurrent('a caller who hears nobody gives up', async () => {
  const call = await lab.call({ from: '+4931', roomName: 'nobody', ringLimitMs: 300 });
  expect(await call.finished).toMatchObject({ how: 'no-answer' });
});

test.concurrent('a caller can hang up while it rings', async () => {
  const call = await lab.call({ from: '+4932', roomName: 'impatient', script: (phone) => phone.hangUp() });
  expect(await call.finished).toMatchObject({ how: 'hung-up' });
});

test.concurrent('two callers in one room make each other active', async () => {
  const calls = await Promise.all(['+4933', '+4934'].map((from) => lab.call({ from, roomName: 'two' })));
  await Promise.all(calls.map((call) => call.connected()));
  await rooms.deleteRoom('two');
  for (const call of calls) expect(await call.finished).toMatchObject({ how: 'disconnected' });
});

test.concurrent('the named worker is dispatched before the phone joins', async () => {
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

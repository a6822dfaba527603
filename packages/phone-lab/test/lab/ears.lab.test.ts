import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AudioFrame, AudioSource, LocalAudioTrack, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { wavFile } from '../../src/media/write-wav.js';
import { startPhoneLab, type PhoneCall, type PhoneLab, type PhoneScript } from '../../src/index.js';
import { joinPcm, silencePcm, toneBurst, ToneGenerator } from '../../src/tones.js';
import '../../src/vitest.js';
import { observe } from '../support/observer.js';

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;

beforeAll(async () => {
  lab = await startPhoneLab();
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

/** Two phones in a room that are on the line. */
async function pair(room: string): Promise<[PhoneCall, PhoneCall]> {
  return [await onTheLine(room, 'anna', 1000), await onTheLine(room, 'bob', 600)];
}

async function onTheLine(
  room: string,
  identity: string,
  voice: number,
  script: PhoneScript = (call) => call.answer(),
): Promise<PhoneCall> {
  const phone = lab.phone(`+${room} ${identity}`, script, { voice });
  const options = { waitUntilAnswered: true, participantIdentity: identity };
  await sip.createSipParticipant(lab.trunkId, phone.number, room, options);
  return phone.nextCall();
}

async function hangUp(...calls: readonly PhoneCall[]): Promise<void> {
  for (const call of calls) await call.hangUp();
  await Promise.all(calls.map((call) => call.finished));
}

const rate = 48_000;
/** Cut off wherever it is, with no ramp. */
const cutTone = (ms: number, frequency = 1000, sampleRate = rate): Int16Array =>
  new ToneGenerator([frequency], sampleRate).next((ms * sampleRate) / 1000);

/** Messages of rtc-node about frames that were heard, and that were sent. */
const aboutFrames: ReadonlySet<string | undefined> = new Set(['audioStreamEvent', 'captureAudioFrame']);

// Their audio is measured: one at a time.

test('any participant can be listened to: what it hears, what it says, and no participant sees the listener', async () => {
  await using observer = await observe(lab, 'listened');
  const [anna, bob] = await pair('listened');
  await using listening = await lab.listen('listened', 'anna');
  const late = lab.listen('listened', 'not-there');
  anna.tone();
  bob.tone();
  await bob.waitToHear(1000, { forMs: 500 });
  await vi.waitFor(() => expect(listening.hears).toHear(600, { forMs: 500 }), { timeout: 10_000 });
  expect(listening.hears).notToHear(1000);
  expect(listening.says).toHear(1000, { forMs: 300 });
  expect(listening.says).notToHear(600);
  await using other = await late;
  await vi.waitFor(() => expect(other.hears).toHear(1000), { timeout: 10_000 });
  expect(other.says.tracks).toEqual([]);
  expect([...observer.room.remoteParticipants.keys()].toSorted()).toEqual(['anna', 'bob']);
  expect(observer.seen.filter((one) => one.includes('listener'))).toEqual([]);
  expect((await lab.leftNothing()).map(({ what }) => what).filter((what) => what.includes('listener'))).toEqual([]);
  await hangUp(anna, bob);
  await listening.close();
  await listening.close();
  expect(listening.hears).toHear(600);
  await expect(lab.listen('', 'anna')).rejects.toThrow(/roomName must not be empty/);
});

test('frames that phones and listeners send and hear reach nothing else in the process', async () => {
  const [anna, bob] = await pair('private');
  await using listening = await lab.listen('private', 'anna');
  anna.tone();
  bob.tone();
  await Promise.all([anna.waitToHear(600, { forMs: 300 }), bob.waitToHear(1000, { forMs: 300 })]);
  const frames: unknown[] = [];
  const client = globalThis._ffiClientInstance;
  const onEvent: Parameters<NonNullable<typeof client>['on']>[1] = ({ message }) => {
    if (aboutFrames.has(message.case)) frames.push(message.case);
  };
  client?.on('ffi_event' as never, onEvent as never);
  const from = Date.now();
  await bob.wait(1000);
  client?.off('ffi_event' as never, onEvent as never);
  expect(frames).toEqual([]);
  expect(bob).toHear(1000, { from, forMs: 500 });
  expect(listening.hears).toHear(600, { from, forMs: 500 });
  await hangUp(anna, bob);
});

test('a sound that breaks off is heard with its gap, and one that does not without', async () => {
  const [anna, bob] = await pair('gap');
  const [softly, silence] = [toneBurst([1000], 600, rate), silencePcm(200, rate)];
  await anna.play(joinPcm(softly, silence, softly), rate);
  await bob.wait(300);
  expect(bob).toHear(1000, { forMs: 800 });
  const [gap, ...more] = bob.ear.gaps();
  expect(more).toEqual([]);
  expect(Math.abs((gap?.lengthMs ?? 0) - 200)).toBeLessThan(30);
  expect(bob.ear.clicks()).toEqual([]);
  const from = Date.now();
  anna.tone(800);
  await bob.wait(1200);
  anna.quiet();
  const range = { from: from + 400, to: from + 1000 };
  expect(bob).toHearWithoutGaps(range);
  expect(bob.ear.clicks(range)).toEqual([]);
  await hangUp(anna, bob);
});

test('a sound that is cut off clicks at the far end', async () => {
  const [anna, bob] = await pair('click');
  const from = Date.now();
  await anna.play(joinPcm(cutTone(400.25), silencePcm(300, rate), cutTone(400.25), silencePcm(300, rate)), rate);
  await bob.wait(300);
  expect(bob.ear.clicks({ from }).length).toBeGreaterThanOrEqual(2);
  await hangUp(anna, bob);
});

test('silence that is sent as frames is no tone, no click and no sound', async () => {
  await using observer = await observe(lab, 'frames', 'silent');
  const source = new AudioSource(rate, 1);
  const track = LocalAudioTrack.createAudioTrack('silent', source);
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
  const caller = await lab.call({ from: '+1', roomName: 'frames' });
  await observer.room.localParticipant?.publishTrack(track, options);
  await caller.connected();
  const frame = (): AudioFrame => new AudioFrame(new Int16Array(960), rate, 1, 960);
  for (let i = 0; i < 40; i += 1) await source.captureFrame(frame());
  await caller.wait(800);
  expect(caller.ear.pcm().length).toBeGreaterThan(5000);
  expect(caller.ear.timeline([{ name: 'a', frequencies: [400, 1000, 2300] }]).flatMap(({ heard }) => heard)).toEqual(
    [],
  );
  expect(caller.ear.clicks()).toEqual([]);
  expect(caller.ear.gaps()).toEqual([]);
  expect(caller.ear.levelDbfs()).toBeLessThan(-60);
  await track.close();
  await hangUp(caller);
  expect(await rooms.listParticipants('frames')).toHaveLength(1);
});

test('a phone plays a WAV file, by path and by bytes, and frames as they come', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'phone-lab-test-'));
  const file = join(directory, 'greeting.wav');
  await writeFile(file, wavFile(cutTone(400, 700, 8000), 8000));
  let frames = 0;
  async function* stereo(): AsyncGenerator<AudioFrame> {
    for (; frames < 30; frames += 1) {
      const data = [...cutTone(20, 2000, 24_000)].flatMap((one) => [one, one]);
      yield new AudioFrame(Int16Array.from(data), 24_000, 2, 480);
    }
  }
  const bob = await onTheLine('plays', 'bob', 600);
  const anna = await onTheLine('plays', 'anna', 1000, async (call) => {
    await call.answer();
    await call.waitToHear(600);
    await call.play(file);
    await call.play(wavFile(cutTone(400, 1300, 16_000), 16_000));
    await call.play(stereo());
    await call.hangUp();
  });
  bob.tone();
  await anna.finished;
  await bob.wait(200);
  for (const frequency of [700, 1300, 2000]) expect(bob).toHear(frequency, { forMs: 200 });
  const heardAt = [700, 1300, 2000].map((frequency) => bob.ear.firstHeardAt(frequency) ?? 0);
  expect(heardAt).toEqual(heardAt.toSorted((a, b) => a - b));
  expect(frames).toBe(30);
  const from = (heardAt[2] ?? 0) + 60;
  expect(bob.ear.clicks({ from, to: from + 400 })).toEqual([]);
  expect(bob).toHearWithoutGaps({ from, to: from + 400 });
  await hangUp(bob);
  await rm(directory, { recursive: true });
});

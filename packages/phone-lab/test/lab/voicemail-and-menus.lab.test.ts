import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  EAR_SAMPLE_RATE,
  startPhoneLab,
  type IvrResult,
  type PhoneLab,
  type VoicemailMessage,
} from '../../src/index.js';
import { toneBurst, toneTimeline, vocabularyOf } from '../../src/tones.js';
import '../../src/vitest.js';
import { observe } from '../support/observer.js';

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;

beforeAll(async () => {
  lab = await startPhoneLab({ vocabulary: vocabularyOf('sales', 'support') });
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

const dial = (number: string, room: string) =>
  sip.createSipParticipant(lab.trunkId, number, room, { waitUntilAnswered: true, participantIdentity: 'machine' });

test('a voicemail box hangs up when the message is too long, and its greeting can be anything', async () => {
  let message: VoicemailMessage | undefined;
  const box = lab.phone('+3', async (call) => {
    const greeting = { pcm: toneBurst([700], 300, 16_000), sampleRate: 16_000 };
    message = await call.voicemail({ greeting, beep: 1200, beepMs: 200, recordMs: 400 });
  });
  await dial('+3', 'too-long');
  await box.done;
  expect(box.calls[0]?.ended).toMatchObject({ how: 'hung-up' });
  expect((message?.to ?? 0) - (message?.from ?? 0)).toBeGreaterThanOrEqual(395);
});

test('a menu is said, follows the keys, and a key interrupts its prompt', async () => {
  await using observer = await observe(lab, 'menu');
  let result: IvrResult | undefined;
  const later: string[] = [];
  const machine = lab.phone('+4', async (call) => {
    result = await call.ivr({
      prompt: Array.from({ length: 24 }, () => 'sales'),
      keys: {
        1: () => expect.unreachable('nobody pressed 1'),
        2: {
          prompt: ['support'],
          keys: {
            '#': async (on) => {
              later.push(await on.waitForKey());
              await on.hangUp();
            },
          },
        },
      },
    });
  });
  const started = Date.now();
  await dial('+4', 'menu');
  const press = (code: number, key: string) => observer.room.localParticipant?.publishDtmf(code, key);
  await press(9, '9'); // Not in the menu: the prompt is said again.
  await press(2, '2');
  await press(11, '#');
  await vi.waitFor(() => expect(machine.calls[0]?.keys.length).toBe(3), { timeout: 10_000 });
  await new Promise((done) => setTimeout(done, 500));
  await press(7, '7');
  await machine.done;
  expect(result).toEqual({ path: '2#', chosen: true });
  expect(Date.now() - started).toBeLessThan(14_000); // One prompt alone is 14.4 s.
  expect(machine.calls[0]?.keys.map(({ key }) => key).join('')).toBe('92#7');
  expect(later).toEqual(['7']);
});

test('what the machines cannot do is refused by name', async () => {
  const phone = lab.phone('+7', async (call) => {
    await expect(call.voicemail({ recordMs: 0 })).rejects.toThrow(/recordMs must be more than 0, not 0/);
    await expect(call.ivr({ keys: { x: () => undefined } })).rejects.toThrow(/"x" is not a key/);
    await expect(call.ivr({ keys: { 1: { keys: {}, attempts: 0 } } })).rejects.toThrow(/attempts must be .*not 0/);
    await expect(call.ivr({ keys: {}, keyLimitMs: -1 })).rejects.toThrow(/keyLimitMs must be/);
    await expect(call.ivr({ keys: {}, prompt: ['nonsense'] })).rejects.toThrow(/"nonsense" is not in the vocabulary/);
    await call.hangUp();
  });
  await dial('+7', 'refused');
  await phone.done;
});

test('a voicemail box greets, beeps, and records what is said after the beep', async () => {
  let message: VoicemailMessage | undefined;
  const box = lab.phone('+1', async (call) => {
    await call.ring(100);
    message = await call.voicemail();
  });
  const caller = await lab.call({ from: '+2', roomName: 'voicemail', voice: 600 });
  await dial('+1', 'voicemail');
  await caller.connected();
  await caller.waitToHear(440);
  await caller.waitToHear(1400);
  await caller.wait(600);
  caller.tone();
  await caller.wait(1000);
  await caller.hangUp();
  await rooms.removeParticipant('voicemail', 'machine');
  await box.done;
  expect(caller).toHear(440, { forMs: 500 });
  expect(caller).toHear(1400, { forMs: 200 });
  expect(caller.ear.firstHeardAt(1400)).toBeGreaterThan(caller.ear.firstHeardAt(440) ?? Infinity);
  const said = toneTimeline(message?.pcm ?? new Int16Array(), EAR_SAMPLE_RATE, [
    { name: 'caller', frequencies: [600] },
  ]);
  expect(said.filter(({ heard }) => heard.includes('caller')).length).toBeGreaterThanOrEqual(5);
  expect(said[0]?.heard).toEqual([]);
  expect(new TextDecoder().decode(message?.wav.subarray(0, 4))).toBe('RIFF');
  expect(message?.to).toBe(box.calls[0]?.ended?.at);
});

test('a menu that gets no key hangs up after its last prompt', async () => {
  const caller = await lab.call({ from: '+6', roomName: 'no-key' });
  let result: IvrResult | undefined;
  const machine = lab.phone('+5', async (call) => {
    result = await call.ivr({ keys: { 1: () => undefined }, keyLimitMs: 200, attempts: 2 });
  });
  await dial('+5', 'no-key');
  await machine.done;
  expect(result).toEqual({ path: '', chosen: false });
  expect(machine.calls[0]?.ended).toMatchObject({ how: 'hung-up' });
  expect(caller).toHear(440, { forMs: 1000 });
  await caller.hangUp();
  await caller.finished;
});

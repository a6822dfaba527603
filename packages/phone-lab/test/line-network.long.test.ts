import { setTimeout as delay } from 'node:timers/promises';
import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPhoneLab, type PacketFaults, type PhoneCall, type PhoneLab } from '../src/index.js';
import { inboundRtp, type InboundRtp } from './helpers/inbound-rtp.js';
import { listen, type Observer } from './helpers/observer.js';

let lab: PhoneLab;
let numbers = 0;

beforeAll(async () => {
  lab = await startPhoneLab();
});

afterAll(() => lab.close());

/** A phone that talks, and a client with faults that hears it. */
async function talk(faults: PacketFaults): Promise<{ phone: PhoneCall; far: Observer } & AsyncDisposable> {
  const roomName = `matrix-${(numbers += 1)}`;
  const other = lab.call({ from: `+2${numbers}`, roomName });
  const phone = await lab.call({ from: `+1${numbers}`, roomName, voice: 600 });
  lab.network({ roomName, identity: 'listener' }, { receive: faults });
  const far = await listen(lab, roomName, phone.identity);
  await phone.connected();
  phone.tone();
  await delay(1000);
  return {
    phone,
    far,
    async [Symbol.asyncDispose]() {
      await far[Symbol.asyncDispose]();
      await Promise.all([phone.hangUp(), (await other).hangUp()]);
    },
  };
}

async function receivedWithin(far: Observer, forMs: number): Promise<InboundRtp> {
  const before = await inboundRtp(far.room);
  await delay(forMs);
  const { received, lost, jitterMs } = await inboundRtp(far.room);
  return { received: received - before.received, lost: lost - before.lost, jitterMs };
}

test.each([2, 5, 10, 20, 40])('%i % loss is counted by the far client as that, within a half', async (lossPercent) => {
  await using talking = await talk({ lossPercent });
  const { received, lost } = await receivedWithin(talking.far, 20_000);
  const share = (100 * lost) / (received + lost);
  expect(share).toBeGreaterThan(lossPercent / 2);
  expect(share).toBeLessThan(lossPercent * 1.5);
});

test.each([20, 60, 200])('jitter of up to %i ms is at least an eighth of that by RFC 3550', async (jitterMs) => {
  await using talking = await talk({ jitterMs });
  expect((await receivedWithin(talking.far, 5000)).jitterMs).toBeGreaterThan(jitterMs / 8);
});

test.each([100, 300, 600])('a delay of %i ms is heard', async (delayMs) => {
  const roomName = `delay-${delayMs}`;
  const [caller, human] = await Promise.all(
    [600, 1000].map((voice) => lab.call({ from: `+${voice}${delayMs}`, roomName, voice })),
  );
  if (!caller || !human) throw new Error('two calls were placed');
  await Promise.all([caller.connected(), human.connected()]);
  const onsetMs = async (): Promise<number> => {
    const at = Date.now();
    caller.tone();
    await human.waitToHear(600);
    caller.quiet();
    await human.wait(1000);
    return (human.ear.firstHeardAt(600, { from: at }) ?? Number.NaN) - at;
  };
  const plainMs = await onsetMs();
  await caller.line.network({ send: { delayMs } });
  const laterMs = (await onsetMs()) - plainMs;
  expect(laterMs).toBeGreaterThan(delayMs - 50);
  expect(laterMs).toBeLessThan(delayMs + 150);
  await Promise.all([caller.hangUp(), human.hangUp()]);
});

describe.concurrent('the real times of the gateway', () => {
  test('a leg that falls silent stays active for 15 s', { timeout: 60_000 }, async ({ expect: its }) => {
    const call = await answered('held', {});
    await call.wait(1000);
    await call.hold();
    const at = Date.now();
    its(await call.untilEnded()).toMatchObject({ how: 'media-timeout', reason: 1 });
    its(Date.now() - at).toBeGreaterThan(14_500);
    its(Date.now() - at).toBeLessThan(18_000);
    its(call.attributes['sip.callStatus']).toBe('active');
  });

  test('a leg that never sends stays active for 30 s', { timeout: 90_000 }, async ({ expect: its }) => {
    const call = await answered('mute', { line: { sendsNothing: true } });
    const at = Date.now();
    its(await call.untilEnded()).toMatchObject({ how: 'media-timeout', reason: 1 });
    its(Date.now() - at).toBeGreaterThan(29_500);
    its(Date.now() - at).toBeLessThan(35_000);
  });
});

async function answered(roomName: string, options: Parameters<PhoneLab['phone']>[2]): Promise<PhoneCall> {
  const number = `+3${(numbers += 1)}`;
  const phone = lab.phone(number, (call) => call.answer(), options);
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  await sip.createSipParticipant(lab.trunkId, number, roomName, { waitUntilAnswered: true });
  return phone.nextCall();
}

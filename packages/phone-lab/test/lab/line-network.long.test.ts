import { setTimeout as delay } from 'node:timers/promises';
import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPhoneLab, type PhoneCall, type PhoneLab } from '../../src/index.js';
import type { PacketFaults } from '../../src/network/line-network.js';
import { inboundRtp, type InboundRtp } from '../support/inbound-rtp.js';
import { listen, type Observer } from '../support/observer.js';

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
  tell(`loss of ${lossPercent} %: ${share.toFixed(1)} %`);
  expect(share).toBeGreaterThan(lossPercent / 2);
  expect(share).toBeLessThan(lossPercent * 1.5);
});

/**
 * The jitter of RFC 3550 that packets of 20 ms have when each is delayed at random and none overtakes another: by a
 * simulation of 100,000 packets. It grows slower than the delays, because packets then queue behind a late one.
 */
const rfc3550Ms = [
  [20, 6.6],
  [60, 15.7],
  [200, 25.4],
] as const;

/** Middle of the jitter at the far client; the figure is a mean of 16 packets or so, so one reading can be a third off. */
async function jitterOf(faults: PacketFaults): Promise<number> {
  await using talking = await talk(faults);
  const readings: number[] = [];
  while (readings.length < 21) readings.push((await receivedWithin(talking.far, 300)).jitterMs);
  return readings.toSorted((a, b) => a - b)[10] ?? Number.NaN;
}

test.each(rfc3550Ms)('jitter of up to %i ms is %d ms by RFC 3550 at the far client, within a half', async (...row) => {
  const [jitterMs, expectedMs] = row;
  // What a busy machine adds comes on top.
  const plainMs = await jitterOf({});
  const heardMs = await jitterOf({ jitterMs });
  tell(`jitter of up to ${jitterMs} ms: ${heardMs} ms by RFC 3550, ${plainMs} ms without`);
  expect(heardMs).toBeGreaterThan(expectedMs / 2);
  expect(heardMs).toBeLessThan(expectedMs * 1.5 + plainMs);
});

test.each([100, 300, 600])('a delay of %i ms is heard', { timeout: 60_000 }, async (delayMs) => {
  const roomName = `delay-${delayMs}`;
  // The line has its delay from the start: a step in a call is jitter to the far end, whose buffer then grows by as much.
  const [plain, late, human] = await Promise.all(
    [{ voice: 600 }, { voice: 900, line: { send: { delayMs } } }, { voice: 1400 }].map((options) =>
      lab.call({ from: `+${options.voice}${delayMs}`, roomName, ...options }),
    ),
  );
  if (!plain || !late || !human) throw new Error('three calls were placed');
  await Promise.all([plain, late, human].map((call) => call.connected()));
  const onsetMs = async (call: PhoneCall, voice: number): Promise<number> => {
    const at = Date.now();
    call.tone();
    await human.waitToHear(voice);
    call.quiet();
    await human.wait(700 + delayMs);
    return (human.ear.firstHeardAt(voice, { from: at }) ?? Number.NaN) - at;
  };
  // One onset is exact to a packet and a window of the ear, and a busy machine adds to it.
  const middleMs = async (call: PhoneCall, voice: number): Promise<number> => {
    const onsets: number[] = [];
    while (onsets.length < 5) onsets.push(await onsetMs(call, voice));
    tell(`onsets of ${voice} Hz: ${onsets.join(' ')}`);
    return onsets.toSorted((a, b) => a - b)[2] ?? Number.NaN;
  };
  const plainMs = await middleMs(plain, 600);
  const laterMs = (await middleMs(late, 900)) - plainMs;
  tell(`a delay of ${delayMs} ms: heard ${laterMs} ms later`);
  expect(laterMs).toBeGreaterThan(delayMs - 50);
  expect(laterMs).toBeLessThan(delayMs + 150);
  await Promise.all([plain, late, human].map((call) => call.hangUp()));
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

function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function answered(roomName: string, options: Parameters<PhoneLab['phone']>[2]): Promise<PhoneCall> {
  const number = `+3${(numbers += 1)}`;
  const phone = lab.phone(number, (call) => call.answer(), options);
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  await sip.createSipParticipant(lab.trunkId, number, roomName, { waitUntilAnswered: true });
  return phone.nextCall();
}

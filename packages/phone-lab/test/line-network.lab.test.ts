import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { LineNetwork, PhoneCall, PhoneLab } from '../src/index.js';
import { startPhoneLabWith } from '../src/lab/start-phone-lab.js';
import { gatewayTiming } from '../src/phone/gateway-timing.js';
import { inboundRtp, type InboundRtp } from './helpers/inbound-rtp.js';
import { observe, type Observer } from './helpers/observer.js';

const timing = { ...gatewayTiming, mediaTimeoutMs: 2000, mediaTimeoutInitialMs: 3000 };
const udpBefore = udpSockets();
let lab: PhoneLab;
let sip: SipClient;
let numbers = 0;

beforeAll(async () => {
  lab = await startPhoneLabWith(timing);
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

/** UDP sockets of this process. */
function udpSockets(): number {
  const inodes = new Set(
    readFileSync('/proc/net/udp', 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/)[9]),
  );
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return inodes.has(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1]);
    } catch {
      return false; // Closed meanwhile.
    }
  }).length;
}

async function twoPhones(roomName: string, line: LineNetwork): Promise<[PhoneCall, PhoneCall]> {
  const [a, b] = await Promise.all(
    [{ voice: 600, line }, { voice: 1000 }].map((options) =>
      lab.call({ from: `+${(numbers += 1)}`, roomName, ...options }),
    ),
  );
  if (!a || !b) throw new Error('two calls were placed');
  await Promise.all([a.connected(), b.connected()]);
  return [a, b];
}

/** The human agent's phone, which was dialed and has answered; it hears a client who publishes nothing. */
async function answeredPhone(roomName: string, line: LineNetwork): Promise<PhoneCall> {
  const number = `+${(numbers += 1)}`;
  const phone = lab.phone(number, (call) => call.answer(), { voice: 1000, line });
  await sip.createSipParticipant(lab.trunkId, number, roomName, { waitUntilAnswered: true, participantIdentity: number });
  return phone.nextCall();
}

/** A client that hears the one other party of the room. */
async function listener(roomName: string): Promise<Observer> {
  const client = await observe(lab, roomName, 'listener');
  for (const { trackPublications } of client.room.remoteParticipants.values()) {
    for (const track of trackPublications.values()) track.setSubscribed(true);
  }
  await vi.waitFor(async () => expect((await inboundRtp(client.room)).received).toBeGreaterThan(0), 10_000);
  return client;
}

async function receivedWithin(client: Observer, forMs: number): Promise<InboundRtp> {
  const before = await inboundRtp(client.room);
  await delay(forMs);
  const { received, lost, jitterMs } = await inboundRtp(client.room);
  return { received: received - before.received, lost: lost - before.lost, jitterMs };
}

test('a phone on hold hears and sends nothing while the room sees an active call, and both ways are open after it', async () => {
  const [caller, human] = await twoPhones('hold', {});
  await using watcher = await observe(lab, 'hold');
  caller.tone();
  human.tone();
  await Promise.all([caller.waitToHear(1000), human.waitToHear(600)]);
  const seen = [...watcher.seen];
  await human.hold();
  const heldAt = Date.now();
  await human.wait(1200);
  const resumedAt = Date.now();
  await human.resume();
  const held = { from: heldAt + 400, to: resumedAt };
  expect([caller.ear.heardMs(1000, held), human.ear.heardMs(600, held)]).toEqual([0, 0]);
  await Promise.all([caller.waitToHear(1000), human.waitToHear(600)]);
  expect([watcher.seen, human.attributes['sip.callStatus']]).toEqual([seen, 'active']);
  await Promise.all([caller.hangUp(), human.hangUp()]);
});

test('the gateway ends a leg without RTP: active to its end if it was dialed, with a hang-up if it called in', async () => {
  await using watcher = await observe(lab, 'silent');
  const caller = await lab.call({ from: '+inbound', roomName: 'silent', voice: 600, identity: 'caller' });
  const human = await answeredPhone('silent', { sendsNothing: true });
  const answeredAt = Date.now();
  await caller.connected();
  caller.tone();
  await human.waitToHear(600);
  await caller.hold();
  const heldAt = Date.now();
  expect(await caller.untilEnded()).toMatchObject({ how: 'media-timeout', reason: 1 });
  expect(Date.now() - heldAt).toBeGreaterThan(1900);
  expect(Date.now() - heldAt).toBeLessThan(6000);
  await watcher.until('caller left 1 hangup');
  expect(await human.untilEnded()).toMatchObject({ how: 'media-timeout', reason: 1 });
  expect(Date.now() - answeredAt).toBeGreaterThan(2900);
  expect(Date.now() - answeredAt).toBeLessThan(10_000);
  await watcher.until(`${human.identity} left 1 active`);
});

test('delay, loss, jitter and a narrow line are what was set, at the far end, and can be changed in the call', async () => {
  const [caller, human] = await twoPhones('faults', {});
  await using far = await listener('faults');
  const onsetMs = async (): Promise<number> => {
    const at = Date.now();
    caller.tone();
    await human.waitToHear(600);
    const heardAt = human.ear.firstHeardAt(600, { from: at, publisher: caller.identity }) ?? Number.NaN;
    caller.quiet();
    await human.wait(500);
    return heardAt - at;
  };
  const plainMs = await onsetMs();
  await caller.line.network({ send: { delayMs: 200 } });
  const delayedMs = await onsetMs();
  expect(delayedMs - plainMs).toBeGreaterThan(150);
  expect(delayedMs - plainMs).toBeLessThan(300);
  caller.tone();
  await caller.line.network({ lossPercent: 10, seed: 7 });
  const lossy = await receivedWithin(far, 4000);
  console.log('PLAIN', plainMs, delayedMs, lossy);
  void lossy;
  await Promise.all([caller.hangUp(), human.hangUp()]);
});

import { setTimeout as delay } from 'node:timers/promises';
import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneCall, type PhoneLab } from '../../src/index.js';
import { startPhoneLabWith } from '../../src/lab/start-phone-lab.js';
import { gatewayTiming } from '../../src/call/gateway-timing.js';
import type { LineNetwork } from '../../src/network/line-network.js';
import { inboundRtp, type InboundRtp } from '../support/inbound-rtp.js';
import { listen, observe, type Observer } from '../support/observer.js';

let lab: PhoneLab;
let numbers = 0;

beforeAll(async () => {
  lab = await startPhoneLab();
});

afterAll(() => lab.close());

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
async function answeredPhone(its: PhoneLab, roomName: string, line: LineNetwork): Promise<PhoneCall> {
  const number = `+${(numbers += 1)}`;
  const phone = its.phone(number, (call) => call.answer(), { voice: 1000, line });
  const sip = new SipClient(its.url, its.apiKey, its.apiSecret);
  await sip.createSipParticipant(its.trunkId, number, roomName, {
    waitUntilAnswered: true,
    participantIdentity: number,
  });
  return phone.nextCall();
}

async function receivedWithin(client: Observer, forMs: number): Promise<InboundRtp> {
  const before = await inboundRtp(client.room);
  await delay(forMs);
  const { received, lost, jitterMs } = await inboundRtp(client.room);
  return { received: received - before.received, lost: lost - before.lost, jitterMs };
}

/** What a client receives from now on, as soon as so many packets were sent to it; a busy machine is late with them. */
async function next(client: Observer, packets: number): Promise<InboundRtp> {
  const before = await inboundRtp(client.room);
  return vi.waitFor(
    async () => {
      const { received, lost, jitterMs } = await inboundRtp(client.room);
      const since = { received: received - before.received, lost: lost - before.lost, jitterMs };
      expect(since.received + since.lost).toBeGreaterThanOrEqual(packets);
      return since;
    },
    { timeout: 10_000, interval: 50 },
  );
}

/** Waits until a phone has heard 200 ms of silence. */
async function untilSilent(phone: PhoneCall): Promise<void> {
  await vi.waitFor(
    () => {
      const range = { from: Date.now() - 500 };
      // A late recording has nothing of this range yet.
      expect(phone.ear.pcm(range).length).toBeGreaterThan(200 * 16);
      expect(phone.ear.levelDbfs(range)).toBeLessThan(-60);
    },
    { timeout: 10_000, interval: 50 },
  );
}

describe('one phone or agent with a bad line', () => {
  test('a phone on hold hears and sends nothing while the room sees an active call, and both ways are open after it', async () => {
    const [caller, human] = await twoPhones('hold', {});
    await using watcher = await observe(lab, 'hold');
    caller.tone();
    human.tone();
    await Promise.all([caller.waitToHear(1000), human.waitToHear(600)]);
    const seen = [...watcher.seen];
    await human.hold();
    const heldAt = Date.now();
    await human.wait(1300);
    const resumedAt = Date.now();
    await human.resume();
    // The far end's decoder draws out the last sound for up to half a second.
    const held = { from: heldAt + 800, to: resumedAt };
    expect([caller.ear.heardMs(1000, held), human.ear.heardMs(600, held)]).toEqual([0, 0]);
    await Promise.all([caller.waitToHear(1000), human.waitToHear(600)]);
    expect([watcher.seen, human.attributes['sip.callStatus']]).toEqual([seen, 'active']);
    await Promise.all([caller.hangUp(), human.hangUp()]);
  });

  test('the gateway ends a leg without RTP: active to its end if it was dialed, with a hang-up if it called in', async () => {
    const timing = { ...gatewayTiming, mediaTimeoutMs: 2000, mediaTimeoutInitialMs: 5000 };
    await using strict = await startPhoneLabWith(timing);
    await using watcher = await observe(strict, 'silent');
    const caller = await strict.call({ from: '+inbound', roomName: 'silent', voice: 600, identity: 'caller' });
    const human = await answeredPhone(strict, 'silent', { sendsNothing: true });
    await caller.connected();
    caller.tone();
    await human.waitToHear(600);
    await caller.hold();
    await caller.wait(1000);
    // A key is RTP, too: the limit begins again.
    await caller.press('5');
    const pressedAt = Date.now();
    expect(await caller.untilEnded()).toMatchObject({ how: 'media-timeout', reason: 1 });
    expect(Date.now() - pressedAt).toBeGreaterThan(1900);
    expect(Date.now() - pressedAt).toBeLessThan(10_000);
    await watcher.until('caller left 1 hangup');
    expect(await human.untilEnded()).toMatchObject({ how: 'media-timeout', reason: 1 });
    const activeAt = human.status.find(({ status }) => status === 'active')?.at ?? 0;
    // The limit runs from the answer, which is a little before the leg is active.
    expect((human.ended?.at ?? 0) - activeAt).toBeGreaterThan(4000);
    expect((human.ended?.at ?? 0) - activeAt).toBeLessThan(25_000);
    await watcher.until(`${human.identity} left 1 active`);
  });

  test('RTP that is stopped in one direction leaves the other one and the call as they were', async () => {
    const [caller, human] = await twoPhones('one-way', { send: { noRtp: true } });
    caller.tone();
    human.tone();
    await caller.waitToHear(1000);
    const from = Date.now();
    await human.wait(600);
    expect([human.ear.heardMs(600, { from }), caller.ended]).toEqual([0, undefined]);
    await caller.line.network({});
    await human.waitToHear(600);
    await Promise.all([caller.hangUp(), human.hangUp()]);
  });

  test('a phone that suppresses silence sends RTP only while it has something to say', async () => {
    const [caller, human] = await twoPhones('suppressed', { silenceSuppression: true });
    await using far = await listen(lab, 'suppressed', caller.identity);
    caller.tone();
    await human.waitToHear(600);
    caller.quiet();
    await delay(800);
    expect((await receivedWithin(far, 900)).received).toBe(0);
    caller.tone();
    await human.waitToHear(600);
    await next(far, 15);
    await Promise.all([caller.hangUp(), human.hangUp()]);
  });

  test('an agent that joins after network() has the faults until they are removed', async () => {
    const [caller, human] = await twoPhones('agent', {});
    // With more loss the handshake of its connection may take longer than the test.
    const faults = lab.network({ roomName: 'agent', identity: 'listener' }, { receive: { lossPercent: 20 } });
    await using far = await listen(lab, 'agent', caller.identity);
    caller.tone();
    await delay(300);
    const { received, lost } = await next(far, 100);
    expect(lost / (received + lost)).toBeGreaterThan(0.08);
    expect(lost / (received + lost)).toBeLessThan(0.4);
    faults.remove();
    await delay(300);
    const healed = await next(far, 15);
    expect(healed.lost).toBeLessThan(8);
    expect(() => lab.network({ roomName: 'agent', identity: 'listener' }, {})).toThrow(/before the participant joins/);
    await Promise.all([caller.hangUp(), human.hangUp()]);
  });

  test('delay, jitter and a narrow line show at the far end, and can be changed in the call', async () => {
    const [caller, human] = await twoPhones('faults', {});
    await using far = await listen(lab, 'faults', caller.identity);
    const onsetMs = async (): Promise<number> => {
      const at = Date.now();
      caller.tone();
      await human.waitToHear(600);
      const heardAt = human.ear.firstHeardAt(600, { from: at, publisher: caller.identity }) ?? Number.NaN;
      caller.quiet();
      await untilSilent(human);
      return heardAt - at;
    };
    // The first sound of a call is later than the next ones.
    await onsetMs();
    const plainMs = await onsetMs();
    await caller.line.network({ send: { delayMs: 400 } });
    const delayedMs = await onsetMs();
    // Each onset is known to some 100 ms on a busy machine.
    expect(delayedMs - plainMs).toBeGreaterThan(250);
    expect(delayedMs - plainMs).toBeLessThan(900);
    caller.tone();
    await caller.line.network({ send: { jitterMs: 80 } });
    expect((await next(far, 50)).jitterMs).toBeGreaterThan(8);
    await caller.line.network({ send: { bandwidthKbps: 20 } });
    await delay(600);
    const narrow = await next(far, 50);
    expect(narrow.lost).toBeGreaterThan(10);
    await Promise.all([caller.hangUp(), human.hangUp()]);
  });
});

test('a phone with a line that cannot be is refused by the name of the option', () => {
  expect(() => lab.phone('+1', undefined, { line: { send: { lossPercent: 200 } } })).toThrow(
    expect.objectContaining({
      code: 'invalid-option',
      message: 'line.send.lossPercent must be from 0 to 100, not 200',
    }),
  );
});

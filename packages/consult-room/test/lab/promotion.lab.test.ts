import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMerge } from '../../src/index.ts';
import { report } from '../support/bridge-delays.ts';
import { createFixture, humanIdentity, joinAs, serviceOf, untilTalking, voices } from '../support/fixture.ts';
import { measurePromotion } from '../support/measure-promotion.ts';
import { Microphone } from '../support/microphone.ts';
import {
  answering,
  bridged,
  follow,
  followAndStay,
  gateway,
  impatient,
  newVoice,
  numbersLeft,
  soundAnew,
} from '../support/promoted-fixture.ts';
import { pause, until } from '../support/until.ts';

/** The tracks that this process reads. */
const pumps = vi.hoisted(() => new Set<object>());
vi.mock(import('../../src/media/frame-pump.ts'), async (original) => {
  const real = await original();
  return {
    ...real,
    pumpFrames: (...args) => {
      const pump = real.pumpFrames(...args);
      if (pump === undefined) return undefined;
      pumps.add(pump);
      const stop = pump.stop.bind(pump);
      return Object.assign(pump, { stop: () => (pumps.delete(pump), stop()) });
    },
  };
});

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

/** Answers that the gateway lost sight of the request, as it may for one that the phone follows. */
class UnsureSip extends SipClient {
  override async transferSipParticipant(...request: Parameters<SipClient['transferSipParticipant']>): Promise<void> {
    const transfer = super.transferSipParticipant(...request);
    await Promise.race([transfer, pause(15)]);
    throw Object.assign(new Error('transaction failed to complete'), { status: 408, code: 'canceled' });
  }
}

// Measures a gap.
describe.sequential('a promotion', () => {
  it("brings the human agent's own leg into the caller room, heard twice or not at all for less than 750 ms", async () => {
    const change = await measurePromotion(lab, followAndStay);
    report('rejoin', change);
    // Wanted: 150 ms.
    expect(change.gapMs).toBeLessThan(750);
    expect(change.twiceMs).toBeLessThan(750);
  });
});

// Faults affect all requests to the lab's server: these tests have a lab of their own, one after the other.
describe('a promotion under adverse conditions', () => {
  let own: PhoneLab;
  beforeAll(async () => {
    own = await startPhoneLab();
  });
  afterAll(() => own.close());

  it.sequential('succeeds when the answer of the server is lost, and reads no track any more', async () => {
    await using fixture = await createFixture(own);
    const { human, merge, call } = await bridged(own, fixture, follow);
    using _fault = own.fault({ method: 'TransferSIPParticipant', times: 1, do: 'drop-answer' });
    expect(await call.promote()).toMatchObject({ promoted: true });
    await until('no track is read', () => pumps.size === 0);
    await human.refers[0]?.newCall?.hangUp();
    await merge.close();
  });

  it.sequential('succeeds when the gateway lost sight of its request, and removes the old leg that remains', async () => {
    await using fixture = await createFixture(own);
    const sip = new UnsureSip(own.url.replace('ws', 'http'), own.apiKey, own.apiSecret, { failover: false });
    const { human, merge, call } = await bridged(own, fixture, followAndStay, { sip });
    expect(await call.promote()).toMatchObject({ promoted: true });
    expect(call.by).toBe('rejoin');
    await human.untilEnded();
    await human.refers[0]?.newCall?.hangUp();
    await merge.close();
  });

  it.sequential('is tried again after a rejection, and so is deleting the number', async () => {
    await using fixture = await createFixture(own);
    const { human, merge, call } = await bridged(own, fixture, follow);
    human.onRefer({ reject: 603 });
    expect(await call.promote()).toMatchObject({ promoted: false });
    human.onRefer({ follow: soundAnew, hangsUp: true });
    using _fault = own.fault({
      method: 'DeleteSIPTrunk',
      times: 2,
      do: { fail: { status: 500, code: 'internal', msg: 'broke' } },
    });
    expect(await call.promote()).toMatchObject({ promoted: true });
    expect(await numbersLeft(own, fixture)).toBe(0);
    await human.refers[1]?.newCall?.hangUp();
    await merge.close();
  });
});

describe('a promotion that is no longer needed', () => {
  it('carries the call on when the agent leaves', async () => {
    await using fixture = await createFixture(lab);
    const { human, merge, call } = await bridged(lab, fixture, follow, { promote: 'rejoin' });
    expect(await call.promotion).toMatchObject({ promoted: true });
    await merge.close();
    await fixture.consult.close();
    await fixture.callerRoom.disconnect();
    const newCall = human.refers[0]?.newCall;
    if (!newCall) throw new Error('the phone has not called');
    await pause(300);
    await untilTalking(fixture.caller, newCall, newVoice);
    await newCall.hangUp();
  });

  it('ends with the call when the phone hangs up instead of calling', async () => {
    await using fixture = await createFixture(lab);
    const { human, merge, call } = await bridged(lab, fixture, answering('silence'), impatient);
    const promoting = call.promote();
    await until('the phone was asked', () => human.refers.length === 1);
    await human.hangUp();
    expect(await promoting).toMatchObject({ promoted: false, reason: 'human-left' });
    expect(await merge.ended).toMatchObject({ cause: 'human-left', left: { how: 'hung-up' } });
    expect(await numbersLeft(lab, fixture)).toBe(0);
    await merge.close();
  });

  it('is canceled when the caller leaves meanwhile, and leaves the phone where it was', async () => {
    await using fixture = await createFixture(lab);
    const { human, merge, call } = await bridged(lab, fixture, answering('silence'), impatient);
    const promoting = call.promote();
    await until('the phone was asked', () => human.refers.length === 1);
    await fixture.caller.hangUp();
    expect(await promoting).toMatchObject({ promoted: false, reason: 'ended' });
    expect(await call.ended).toMatchObject({ cause: 'caller-left' });
    expect(await numbersLeft(lab, fixture)).toBe(0);
    expect(human.ended).toBeUndefined();
    await merge.close();
  });

  it('leaves no leg in the room of a caller who left while the phone called', async () => {
    await using fixture = await createFixture(lab);
    const { human, merge, call } = await bridged(lab, fixture, follow);
    const promoting = call.promote();
    await until('it calls', () => human.refers[0]?.newCall !== undefined);
    await fixture.caller.hangUp();
    await promoting;
    await merge.close();
    const newCall = human.refers[0]?.newCall;
    const left = await serviceOf(lab).listParticipants(fixture.callerRoom.name ?? '');
    const isThere = left.some(({ identity }) => identity === newCall?.identity);
    // A human agent who was promoted before the caller left is no longer watched by the promotion: the application
    // hangs up.
    expect(isThere).toBe(call.by === 'rejoin');
    if (isThere) await newCall?.hangUp();
    expect(await numbersLeft(lab, fixture)).toBe(0);
  });

  it('is not tried with a human agent in a browser, nor without the options for it', async () => {
    await using fixture = await createFixture(lab);
    await using human = await joinAs(lab, fixture.consult.name, humanIdentity);
    await using _microphone = await Microphone.on(human, voices.human);
    const options = {
      callerRoom: fixture.callerRoom,
      callerIdentity: 'caller',
      consultRoom: fixture.consultRoom,
      humanIdentity,
    };
    await using merge = createMerge({ ...options, server: lab, strategy: 'bridge', rejoin: { gateway } });
    const result = await merge.merge();
    expect(result.merged && (await result.call.promote())).toEqual({ promoted: false, reason: 'not-a-phone' });
    await using plain = createMerge(options);
    const bridgedOnly = await plain.merge();
    await expect(bridgedOnly.merged && bridgedOnly.call.promote()).rejects.toThrow(/`rejoin`/);
    await expect(bridgedOnly.merged && bridgedOnly.call.hangUp()).rejects.toThrow(/`server`/);
  });
});

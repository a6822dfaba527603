import { startPhoneLab } from '@org/phone-lab';
import type { PhoneLab } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMerge } from '../../src/index.ts';
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
import { changeLine } from '../support/measure-promotion.ts';
import { Microphone } from '../support/microphone.ts';
import { humanIdentity, joinAs, serviceOf, setScene, untilTalking, voices } from '../support/fixture.ts';
import { report } from '../support/bridge-delays.ts';
import { pause, until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

/** Says that the gateway lost sight of the request, as it may do of one that the phone follows. */
class UnsureSip extends SipClient {
  override async transferSipParticipant(...request: Parameters<SipClient['transferSipParticipant']>): Promise<void> {
    const transfer = super.transferSipParticipant(...request);
    await Promise.race([transfer, pause(15)]);
    throw Object.assign(new Error('transaction failed to complete'), { status: 408, code: 'canceled' });
  }
}

// Measures a gap.
describe.sequential('a promotion', () => {
  it("brings the human's own line into the caller's room, heard twice or not at all for less than 750 ms", async () => {
    const change = await changeLine(lab, followAndStay);
    report('rejoin', change);
    // Wanted: 150 ms.
    expect(change.gapMs).toBeLessThan(750);
    expect(change.twiceMs).toBeLessThan(750);
  });
});

// Faults hit whoever asks the lab's server: these have one of their own, one after the other.
describe('a promotion in trouble', () => {
  let own: PhoneLab;
  beforeAll(async () => {
    own = await startPhoneLab();
  });
  afterAll(() => own.close());

  it.sequential('works when the answer of the server is lost', async () => {
    await using scene = await setScene(own);
    const { human, merge, call } = await bridged(own, scene, follow);
    using _fault = own.fault({ method: 'TransferSIPParticipant', times: 1, do: 'drop-answer' });
    expect(await call.promote()).toMatchObject({ promoted: true });
    await human.refers[0]?.newCall?.hangUp();
    await merge.close();
  });

  it.sequential('works when the gateway lost sight of its request, and removes the old line that stays', async () => {
    await using scene = await setScene(own);
    const sip = new UnsureSip(own.url.replace('ws', 'http'), own.apiKey, own.apiSecret, { failover: false });
    const { human, merge, call } = await bridged(own, scene, followAndStay, { sip });
    expect(await call.promote()).toMatchObject({ promoted: true });
    expect(call.by).toBe('rejoin');
    await human.untilEnded();
    await human.refers[0]?.newCall?.hangUp();
    await merge.close();
  });

  it.sequential('is tried again after a refusal, and so is deleting the number', async () => {
    await using scene = await setScene(own);
    const { human, merge, call } = await bridged(own, scene, follow);
    human.onRefer({ reject: 603 });
    expect(await call.promote()).toMatchObject({ promoted: false });
    human.onRefer({ follow: soundAnew, hangsUp: true });
    using _fault = own.fault({
      method: 'DeleteSIPTrunk',
      times: 2,
      do: { fail: { status: 500, code: 'internal', msg: 'broke' } },
    });
    expect(await call.promote()).toMatchObject({ promoted: true });
    expect(await numbersLeft(own, scene)).toBe(0);
    await human.refers[1]?.newCall?.hangUp();
    await merge.close();
  });
});

describe('a promotion that is not needed any more', () => {
  it('goes on when the agent leaves', async () => {
    await using scene = await setScene(lab);
    const { human, merge, call } = await bridged(lab, scene, follow, { promote: 'rejoin' });
    expect(await call.promotion).toMatchObject({ promoted: true });
    await merge.close();
    await scene.consult.close();
    await scene.callerRoom.disconnect();
    const newCall = human.refers[0]?.newCall;
    if (!newCall) throw new Error('the phone has not called');
    await pause(300);
    await untilTalking(scene.caller, newCall, newVoice);
    await newCall.hangUp();
  });

  it('ends with the call when the phone hangs up instead', async () => {
    await using scene = await setScene(lab);
    const { human, merge, call } = await bridged(lab, scene, answering('silence'), impatient);
    const promoting = call.promote();
    await until('it was told', () => human.refers.length === 1);
    await human.hangUp();
    expect(await promoting).toMatchObject({ promoted: false, reason: 'human-left' });
    expect(await merge.ended).toMatchObject({ cause: 'human-left', left: { how: 'hung-up' } });
    expect(await numbersLeft(lab, scene)).toBe(0);
    await merge.close();
  });

  it('is given up when the caller leaves meanwhile, and the phone stays where it was', async () => {
    await using scene = await setScene(lab);
    const { human, merge, call } = await bridged(lab, scene, answering('silence'), impatient);
    const promoting = call.promote();
    await until('it was told', () => human.refers.length === 1);
    await scene.caller.hangUp();
    expect(await promoting).toMatchObject({ promoted: false, reason: 'ended' });
    expect(await call.ended).toMatchObject({ cause: 'caller-left' });
    expect(await numbersLeft(lab, scene)).toBe(0);
    expect(human.ended).toBeUndefined();
    await merge.close();
  });

  it('leaves nobody in the room of a caller who left while the phone called', async () => {
    await using scene = await setScene(lab);
    const { human, merge, call } = await bridged(lab, scene, follow);
    const promoting = call.promote();
    await until('it calls', () => human.refers[0]?.newCall !== undefined);
    await scene.caller.hangUp();
    await promoting;
    await merge.close();
    const newCall = human.refers[0]?.newCall;
    const left = await serviceOf(lab).listParticipants(scene.callerRoom.name ?? '');
    const isThere = left.some(({ identity }) => identity === newCall?.identity);
    // Somebody who was promoted before the caller left is watched, and for whoever watches to hang up.
    expect(isThere).toBe(call.by === 'rejoin');
    if (isThere) await newCall?.hangUp();
    expect(await numbersLeft(lab, scene)).toBe(0);
  });

  it('is not tried with a human in a browser, nor without the options for it', async () => {
    await using scene = await setScene(lab);
    await using human = await joinAs(lab, scene.consult.name, humanIdentity);
    await using _microphone = await Microphone.on(human, voices.human);
    const options = {
      callerRoom: scene.callerRoom,
      callerIdentity: 'caller',
      consultRoom: scene.consultRoom,
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

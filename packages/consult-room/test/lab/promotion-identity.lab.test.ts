import { createHash } from 'node:crypto';
import { startPhoneLab } from '@org/phone-lab';
import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bridged, follow, followAndStay, gateway, newVoice, numbersLeft } from '../support/promoted-fixture.ts';
import type { Bridged } from '../support/promoted-fixture.ts';
import { freshNumber, joinAs, setScene, untilTalking } from '../support/fixture.ts';
import type { Scene } from '../support/fixture.ts';
import { pause, until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

/** The identity that the server gives to a line whose number is hidden. */
function hidden(number: string): string {
  return `sip_${createHash('sha256').update(number).digest('hex').slice(0, 16)}`;
}

async function goodbye(scene: Scene, { human, merge }: Bridged): Promise<void> {
  for (const call of [human.refers[0]?.newCall, human]) if (call && !call.ended) await call.hangUp();
  await merge.close();
  expect(await numbersLeft(lab, scene)).toBe(0);
}

const participantOf = (scene: Scene, identity: string) => scene.callerRoom.remoteParticipants.get(identity);

describe('a promotion', () => {
  it('leaves a caller of the same number in the room, and shows nobody the number', async () => {
    const number = freshNumber();
    await using scene = await setScene(lab, { callerIdentity: `sip_${number}` });
    const talk = await bridged(lab, scene, follow, { callerIdentity: `sip_${number}` }, number);
    const promotion = await talk.call.promote();
    expect(promotion).toMatchObject({ promoted: true, humanIdentity: hidden(number) });
    expect(scene.caller.ended).toBeUndefined();
    const line = participantOf(scene, hidden(number));
    expect(line?.name).toBe(`Phone ${number.slice(-4)}`);
    expect(Object.values(line?.attributes ?? {}).filter((value) => value.includes(number))).toEqual([]);
    const newCall = talk.human.refers[0]?.newCall as PhoneCall;
    await untilTalking(scene.caller, newCall, newVoice);
    await goodbye(scene, talk);
  });

  it('is not begun for a caller whose identity hides a number, since it may be the same', async () => {
    const callerIdentity = hidden('anonymous');
    await using scene = await setScene(lab, { callerIdentity });
    const talk = await bridged(lab, scene, follow, { callerIdentity });
    expect(await talk.call.promote()).toEqual({ promoted: false, reason: 'identity-conflict' });
    expect(talk.human.refers).toEqual([]);
    await untilTalking(scene.caller, talk.human);
    await goodbye(scene, talk);
  });

  it('has failed when the new line takes the identity of somebody in the room, and the line is removed', async () => {
    const number = freshNumber();
    await using scene = await setScene(lab);
    await using taken = await joinAs(lab, scene.callerRoom.name ?? '', hidden(number), { kind: 'sip' });
    const talk = await bridged(lab, scene, followAndStay, {}, number);
    await until('the other is seen', () => participantOf(scene, hidden(number)) !== undefined);
    expect(await talk.call.promote()).toEqual({ promoted: false, reason: 'identity-conflict' });
    expect(taken.isConnected).toBe(false);
    expect((await talk.human.refers[0]?.newCall?.untilEnded())?.how).toBe('disconnected');
    expect(scene.caller.ended).toBeUndefined();
    await goodbye(scene, talk);
  });

  it('keeps one line, with its number if asked to, and removes every other one that comes by it', async () => {
    const number = freshNumber();
    const strays: PhoneCall[] = [];
    class TwoCalls extends SipClient {
      override async transferSipParticipant(...request: Parameters<SipClient['transferSipParticipant']>) {
        await super.transferSipParticipant(...request);
        const to = /^sip:(\d+)@/.exec(request[2])?.[1] ?? '';
        strays.push(await lab.call({ from: freshNumber(), to, script: (call) => call.connected() }));
      }
    }
    const sip = new TwoCalls(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
    await using scene = await setScene(lab);
    const rejoin = { gateway, hidePhoneNumber: false };
    const talk = await bridged(lab, scene, followAndStay, { sip, rejoin }, number);
    expect(await talk.call.promote()).toMatchObject({ promoted: true, humanIdentity: hidden(number) });
    expect(participantOf(scene, hidden(number))?.attributes['sip.phoneNumber']).toBe(number);
    await until('the second line has come', () => strays.length === 1);
    expect((await strays[0]?.untilEnded())?.how).toBe('disconnected');
    await pause(300);
    const newCall = talk.human.refers[0]?.newCall as PhoneCall;
    expect(newCall.ended).toBeUndefined();
    await untilTalking(scene.caller, newCall, newVoice);
    expect(talk.warnings).toEqual([]);
    await goodbye(scene, talk);
  });
});

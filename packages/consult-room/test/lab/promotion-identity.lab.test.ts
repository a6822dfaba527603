import { createHash } from 'node:crypto';
import { type PhoneCall, type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixture, type Fixture, freshNumber, joinAs, untilTalking } from '../support/fixture.ts';
import {
  type Bridged,
  bridged,
  follow,
  followAndStay,
  gateway,
  newVoice,
  numbersLeft,
} from '../support/promoted-fixture.ts';
import { pause, until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

/** The identity that the server gives to a leg whose number is hidden. */
function hidden(number: string): string {
  return `sip_${createHash('sha256').update(number).digest('hex').slice(0, 16)}`;
}

async function goodbye(fixture: Fixture, { human, merge }: Bridged): Promise<void> {
  for (const call of [human.refers[0]?.newCall, human]) if (call && !call.ended) await call.hangUp();
  await merge.close();
  expect(await numbersLeft(lab, fixture)).toBe(0);
}

const participantOf = (fixture: Fixture, identity: string) => fixture.callerRoom.remoteParticipants.get(identity);

describe('a promotion', () => {
  it('leaves a caller with the same number in the room, and hides the number', async () => {
    const number = freshNumber();
    await using fixture = await createFixture(lab, { callerIdentity: `sip_${number}` });
    const talk = await bridged(lab, fixture, follow, { callerIdentity: `sip_${number}` }, number);
    const promotion = await talk.call.promote();
    expect(promotion).toMatchObject({ promoted: true, humanIdentity: hidden(number) });
    expect(fixture.caller.ended).toBeUndefined();
    const leg = participantOf(fixture, hidden(number));
    expect(leg?.name).toBe(`Phone ${number.slice(-4)}`);
    expect(Object.values(leg?.attributes ?? {}).filter((value) => value.includes(number))).toEqual([]);
    const newCall = talk.human.refers[0]?.newCall as PhoneCall;
    await untilTalking(fixture.caller, newCall, newVoice);
    await goodbye(fixture, talk);
  });

  it('is not started for a caller whose identity hides a number, since the number may be the same', async () => {
    const callerIdentity = hidden('anonymous');
    await using fixture = await createFixture(lab, { callerIdentity });
    const talk = await bridged(lab, fixture, follow, { callerIdentity });
    expect(await talk.call.promote()).toEqual({ promoted: false, reason: 'identity-conflict' });
    expect(talk.human.refers).toEqual([]);
    await untilTalking(fixture.caller, talk.human);
    await goodbye(fixture, talk);
  });

  it('fails when the new leg has the identity of a participant in the room, and removes the leg', async () => {
    const number = freshNumber();
    await using fixture = await createFixture(lab);
    await using taken = await joinAs(lab, fixture.callerRoom.name ?? '', hidden(number), { kind: 'sip' });
    const talk = await bridged(lab, fixture, followAndStay, {}, number);
    await until('the other is seen', () => participantOf(fixture, hidden(number)) !== undefined);
    expect(await talk.call.promote()).toEqual({ promoted: false, reason: 'identity-conflict' });
    expect(taken.isConnected).toBe(false);
    expect((await talk.human.refers[0]?.newCall?.untilEnded())?.how).toBe('disconnected');
    expect(fixture.caller.ended).toBeUndefined();
    await goodbye(fixture, talk);
  });

  it('keeps one leg, with its number if configured, and removes every other one that joins by the one-time number', async () => {
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
    await using fixture = await createFixture(lab);
    const rejoin = { gateway, hidePhoneNumber: false };
    const talk = await bridged(lab, fixture, followAndStay, { sip, rejoin }, number);
    expect(await talk.call.promote()).toMatchObject({ promoted: true, humanIdentity: hidden(number) });
    expect(participantOf(fixture, hidden(number))?.attributes['sip.phoneNumber']).toBe(number);
    await until('the second leg has joined', () => strays.length === 1);
    expect((await strays[0]?.untilEnded())?.how).toBe('disconnected');
    await pause(300);
    const newCall = talk.human.refers[0]?.newCall as PhoneCall;
    expect(newCall.ended).toBeUndefined();
    await untilTalking(fixture.caller, newCall, newVoice);
    expect(talk.warnings).toEqual([]);
    await goodbye(fixture, talk);
  });
});

import type { PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { expect } from 'vitest';
import { createFixture, untilTalking, voices } from './fixture.ts';
import { bridged, newVoice, numbersLeft } from './promoted-fixture.ts';
import { pause } from './until.ts';

/** How long the caller heard the human agent twice, and not at all, during a promotion. */
interface PromotionGap {
  readonly twiceMs: number;
  readonly gapMs: number;
  readonly tookMs: number;
}

function changeOf(caller: PhoneCall, from: number): Omit<PromotionGap, 'tookMs'> {
  const windowMs = 20;
  const old = { name: 'old', frequencies: [voices.human] };
  const young = { name: 'new', frequencies: [newVoice] };
  const windows = caller.ear.timeline([old, young], windowMs, { from }).map(({ at, heard }) => ({ at, heard }));
  const first = windows.findIndex(({ heard }) => heard.includes('new'));
  const last = windows.findLastIndex(({ heard }) => heard.includes('old'));
  if (first < 0) throw new Error('the new leg was not heard');
  const twice = windows.filter(({ heard }) => heard.length === 2).length;
  return { twiceMs: twice * windowMs, gapMs: Math.max(0, first - last - 1) * windowMs };
}

/** Promotes a bridged call, lets both parties talk over the new leg, and hangs up. */
export async function measurePromotion(lab: PhoneLab, script: PhoneScript): Promise<PromotionGap> {
  await using fixture = await createFixture(lab);
  const from = Date.now();
  const { human, merge, call, warnings } = await bridged(lab, fixture, script);
  await untilTalking(fixture.caller, human);
  const promotion = await call.promote();
  expect(promotion).toMatchObject({ promoted: true, humanIdentity: call.humanIdentity });
  expect(call.by).toBe('rejoin');
  expect(await numbersLeft(lab, fixture)).toBe(0);
  const newCall = human.refers[0]?.newCall;
  expect(human.refers[0]?.uri).toMatch(/^sip:\d{39}@gateway\.example\.test:5060;transport=tcp$/);
  expect((await human.untilEnded()).how).toBe('transferred');
  if (!newCall) throw new Error('the phone has not called');
  await untilTalking(fixture.caller, newCall, newVoice);
  await pause(400);
  const change = changeOf(fixture.caller, from);
  await newCall.hangUp();
  expect(await merge.ended).toMatchObject({ cause: 'human-left', left: { how: 'hung-up' } });
  expect(await call.ended).toMatchObject({ cause: 'human-left' });
  await merge.close();
  expect(warnings).toEqual([]);
  return { ...change, tookMs: promotion.promoted ? Math.round(promotion.tookMs) : 0 };
}

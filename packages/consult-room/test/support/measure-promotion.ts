import type { PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { expect } from 'vitest';
import { bridged, newVoice, numbersLeft } from './promoted-fixture.ts';
import { setScene, untilTalking, voices } from './fixture.ts';
import { pause } from './until.ts';

/** How long the caller heard the human twice, and not at all, while the line changed. */
interface LineChange {
  readonly twiceMs: number;
  readonly gapMs: number;
  readonly tookMs: number;
}

function changeOf(caller: PhoneCall, from: number): Omit<LineChange, 'tookMs'> {
  const windowMs = 20;
  const old = { name: 'old', frequencies: [voices.human] };
  const young = { name: 'new', frequencies: [newVoice] };
  const windows = caller.ear.timeline([old, young], windowMs, { from }).map(({ at, heard }) => ({ at, heard }));
  const first = windows.findIndex(({ heard }) => heard.includes('new'));
  const last = windows.findLastIndex(({ heard }) => heard.includes('old'));
  if (first < 0) throw new Error('the new line was not heard');
  const twice = windows.filter(({ heard }) => heard.length === 2).length;
  return { twiceMs: twice * windowMs, gapMs: Math.max(0, first - last - 1) * windowMs };
}

/** Promotes a bridged call, lets the two talk over the new line, and hangs up. */
export async function changeLine(lab: PhoneLab, script: PhoneScript): Promise<LineChange> {
  await using scene = await setScene(lab);
  const from = Date.now();
  const { human, merge, call, warnings } = await bridged(lab, scene, script);
  await untilTalking(scene.caller, human);
  const promotion = await call.promote();
  expect(promotion).toMatchObject({ promoted: true, humanIdentity: call.humanIdentity });
  expect(call.by).toBe('rejoin');
  expect(await numbersLeft(lab, scene)).toBe(0);
  const newCall = human.refers[0]?.newCall;
  expect(human.refers[0]?.uri).toMatch(/^sip:\d{39}@gateway\.example\.test:5060;transport=tcp$/);
  expect((await human.untilEnded()).how).toBe('transferred');
  if (!newCall) throw new Error('the phone has not called');
  await untilTalking(scene.caller, newCall, newVoice);
  await pause(400);
  const change = changeOf(scene.caller, from);
  await newCall.hangUp();
  expect(await merge.ended).toMatchObject({ cause: 'human-left', left: { how: 'hung-up' } });
  expect(await call.ended).toMatchObject({ cause: 'human-left' });
  await merge.close();
  expect(warnings).toEqual([]);
  return { ...change, tookMs: promotion.promoted ? Math.round(promotion.tookMs) : 0 };
}

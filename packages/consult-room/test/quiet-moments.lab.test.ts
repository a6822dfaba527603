import { startPhoneLab } from '@org/phone-lab';
import type { PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bridge } from '../src/index.ts';
import { bridgeOf } from './support/bridge-of.ts';
import { setScene, untilTalking } from './support/scene.ts';
import { pause } from './support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

/** A human agent who answers, and speaks only when the test lets them. */
const answers: PhoneScript = (call) => call.answer();

/** Merges right after a person has said something and fallen silent, and parts again: three times. */
async function mergesAfter(bridge: Bridge, person: PhoneCall): Promise<boolean[]> {
  const merged: boolean[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await person.speak('Yes, please.');
    await pause(400);
    const result = await bridge.merge();
    merged.push(result.merged);
    await bridge.unmerge();
  }
  return merged;
}

const always = Array.from({ length: 3 }, () => true);

describe.concurrent('a bridge between people who are silent in the moment of the merge', () => {
  it('connects a caller who has just stopped speaking', async () => {
    await using scene = await setScene(lab, { callerSpeaks: false });
    await scene.dialHuman(answers);
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    expect(await mergesAfter(bridge, scene.caller)).toEqual(always);
  });

  it('connects a human agent who has just said yes', async () => {
    await using scene = await setScene(lab, { callerSpeaks: false });
    const human = await scene.dialHuman(answers);
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    expect(await mergesAfter(bridge, human)).toEqual(always);
  });
});

/** The warning of a merge to which no packets came from one side. */
const noPackets = (direction: string) => [{ code: 'media', message: expect.stringContaining(`(${direction})`) }];

describe.concurrent('a bridge to a phone that sends no packets in the moment of the merge', () => {
  it('connects a caller who has put the call on hold', async () => {
    await using scene = await setScene(lab);
    const human = await scene.dialHuman();
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    await scene.caller.hold();
    await pause(500);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    expect(scene.warnings.splice(0)).toMatchObject(noPackets('caller-to-human'));
    await scene.caller.resume();
    await untilTalking(scene.caller, human);
  });

  it('connects a human agent whose phone suppresses silence', async () => {
    await using scene = await setScene(lab);
    const human = await scene.dialHuman(answers, { line: { silenceSuppression: true } });
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    await human.speak('Yes, please.');
    await pause(800);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    expect(scene.warnings.splice(0)).toMatchObject(noPackets('human-to-caller'));
    human.tone();
    await untilTalking(scene.caller, human);
  });
});

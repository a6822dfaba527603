import { startPhoneLab } from '@org/phone-lab';
import type { PhoneLab, ReferAnswer } from '@org/phone-lab';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answering, bridged, impatient, numbersLeft } from '../support/promoted-fixture.ts';
import type { Bridged } from '../support/promoted-fixture.ts';
import { setScene, untilTalking } from '../support/fixture.ts';
import type { Scene } from '../support/fixture.ts';

/** A bridged call on a lab of its own, which is to be promoted again and again. */
interface Attempted extends AsyncDisposable {
  readonly lab: PhoneLab;
  readonly scene: Scene;
  readonly talk: Bridged;
}

async function openCall(): Promise<Attempted> {
  const lab = await startPhoneLab();
  const scene = await setScene(lab);
  const talk = await bridged(lab, scene, answering('silence'), impatient);
  const dispose = async (): Promise<void> => {
    await talk.merge.close();
    await scene[Symbol.asyncDispose]();
    await lab.close();
  };
  return { lab, scene, talk, [Symbol.asyncDispose]: dispose };
}

async function expectBridgeAsBefore({ lab, scene, talk }: Attempted): Promise<void> {
  expect(await numbersLeft(lab, scene)).toBe(0);
  expect(talk.call.by).toBe('bridge');
  await untilTalking(scene.caller, talk.human);
  expect(talk.warnings).toEqual([]);
}

describe('a promotion that the server fails', () => {
  let at: Attempted;
  beforeAll(async () => {
    at = await openCall();
  });
  afterAll(() => at[Symbol.asyncDispose]());
  beforeEach(() => void at.talk.warnings.splice(0));

  it.sequential.each([
    ['a number cannot be made', 'CreateSIPInboundTrunk'],
    ['a rule cannot be made', 'CreateSIPDispatchRule'],
    ['the phone cannot be told', 'TransferSIPParticipant'],
  ] as const)('leaves the bridge as it was when %s', async (_what, method) => {
    using _fault = at.lab.fault({ method, times: 1, do: { fail: { status: 500, code: 'internal', msg: 'broke' } } });
    expect(await at.talk.call.promote()).toMatchObject({
      promoted: false,
      reason: 'server',
      error: { code: 'server' },
    });
    await expectBridgeAsBefore(at);
  });
});

describe('a promotion that the phone does not follow', () => {
  let at: Attempted;
  beforeAll(async () => {
    at = await openCall();
  });
  afterAll(() => at[Symbol.asyncDispose]());
  beforeEach(() => void at.talk.warnings.splice(0));

  // The last one cannot be asked again: the gateway waits for its answer.
  it.sequential.each<[string, ReferAnswer, object]>([
    ['refuses with 603', { reject: 603 }, { reason: 'refused', sipStatus: 603 }],
    ['does not know REFER (405)', { reject: 405 }, { reason: 'refused', sipStatus: 405 }],
    ['accepts, and then fails (NOTIFY 486)', { notify: 486 }, { reason: 'refused', sipStatus: 486 }],
    ['accepts, and calls nobody', 'accept-only', { reason: 'no-answer' }],
    ['does not answer', 'silence', { reason: 'no-answer' }],
  ])('leaves the bridge as it was when the phone %s', async (_how, answer, expected) => {
    at.talk.human.onRefer(answer);
    expect(await at.talk.call.promote()).toEqual({ promoted: false, ...expected });
    await expectBridgeAsBefore(at);
  });

  it.sequential('fails, typed, while the gateway still waits for the answer to the last one', async () => {
    expect(await at.talk.call.promote()).toMatchObject({ reason: 'no-answer', error: { code: 'server' } });
    await expectBridgeAsBefore(at);
  });
});

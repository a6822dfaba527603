import { type PhoneLab, type ReferAnswer, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFixture, type Fixture, untilTalking } from '../support/fixture.ts';
import { answering, type Bridged, bridged, impatient, numbersLeft } from '../support/promoted-fixture.ts';

/** A bridged call in a lab of its own, to be promoted repeatedly. */
interface Attempted extends AsyncDisposable {
  readonly lab: PhoneLab;
  readonly fixture: Fixture;
  readonly talk: Bridged;
}

async function openCall(): Promise<Attempted> {
  const lab = await startPhoneLab();
  const fixture = await createFixture(lab);
  const talk = await bridged(lab, fixture, answering('silence'), impatient);
  const dispose = async (): Promise<void> => {
    await talk.merge.close();
    await fixture[Symbol.asyncDispose]();
    await lab.close();
  };
  return { lab, fixture, talk, [Symbol.asyncDispose]: dispose };
}

async function expectBridgeAsBefore({ lab, fixture, talk }: Attempted): Promise<void> {
  expect(await numbersLeft(lab, fixture)).toBe(0);
  expect(talk.call.by).toBe('bridge');
  await untilTalking(fixture.caller, talk.human);
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
    ['a number cannot be created', 'CreateSIPInboundTrunk'],
    ['a rule cannot be created', 'CreateSIPDispatchRule'],
    ['the phone cannot be asked', 'TransferSIPParticipant'],
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

  // The last phone cannot be asked again: the gateway waits for its answer.
  it.sequential.each<[string, ReferAnswer, object]>([
    ['rejects with 603', { reject: 603 }, { reason: 'rejected', sipStatus: 603 }],
    ['does not know REFER (405)', { reject: 405 }, { reason: 'rejected', sipStatus: 405 }],
    ['accepts, and then fails (NOTIFY 486)', { notify: 486 }, { reason: 'rejected', sipStatus: 486 }],
    ['accepts, and does not call', 'accept-only', { reason: 'no-answer' }],
    ['does not answer', 'silence', { reason: 'no-answer' }],
  ])('leaves the bridge as it was when the phone %s', async (_how, answer, expected) => {
    at.talk.human.onRefer(answer);
    expect(await at.talk.call.promote()).toEqual({ promoted: false, ...expected });
    await expectBridgeAsBefore(at);
  });

  it.sequential('fails with a typed error while the gateway still waits for the answer to the last REFER', async () => {
    expect(await at.talk.call.promote()).toMatchObject({ reason: 'no-answer', error: { code: 'server' } });
    await expectBridgeAsBefore(at);
  });
});

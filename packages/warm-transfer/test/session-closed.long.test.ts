import { type PhoneLab, type PhoneScript, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WarmTransfer } from '../src/index.js';
import { startCallCenter, voices } from './call-center.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

const accepts: PhoneScript = async (call) => {
  await call.answer();
  call.tone();
  await call.waitToHear(voices.briefing);
  await call.press('1');
};

describe.concurrent('a caller whose session is closed', () => {
  it('is hung up on where the phone refuses to be sent on', async () => {
    await using center = await startCallCenter(lab);
    const { caller, session, options } = center;
    caller.onRefer({ reject: 603 });
    const human = center.phone(accepts);
    await using transfer = new WarmTransfer({ ...options, onSessionClosed: { coldTransferTo: '+15550301' } });
    const outcome = await transfer.run();
    if (outcome.status !== 'connected') throw new Error(outcome.toSpeech());
    await session.close();
    await (await human.nextCall()).line.lose('removed');
    expect(await outcome.call.ended).toMatchObject({ by: 'line', caller: 'hung-up' });
    await caller.finished;
    expect(caller.refers).toHaveLength(1);
  }, 60_000);
});

describe.concurrent('a transfer whose session closes', () => {
  it('is canceled while the human agent is briefed, and the caller is not left in silence', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone((call) => call.answer());
    await using transfer = new WarmTransfer(center.options);
    const running = transfer.run();
    const call = await human.nextCall();
    await call.connected();
    await center.session.close();
    const outcome = await running;
    expect(outcome).toMatchObject({
      status: 'aborted',
      cause: new Error('the session of the caller is closing'),
      caller: 'hung-up',
    });
    await Promise.all([call.untilEnded(), center.caller.finished]);
  }, 60_000);

  it('is canceled before it begins when the session is closed already', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone((call) => call.neverAnswer());
    await using transfer = new WarmTransfer(center.options);
    await center.session.close();
    expect(await transfer.run()).toMatchObject({ status: 'aborted', caller: 'hung-up' });
    expect(human.calls).toHaveLength(0);
    await center.caller.finished;
  }, 60_000);
});

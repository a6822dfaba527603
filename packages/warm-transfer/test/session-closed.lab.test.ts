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
  it('is hung up on when the line of the human agent is lost, and the outcome of the call says so', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone(accepts);
    await using transfer = new WarmTransfer(center.options);
    const outcome = await transfer.run();
    if (outcome.status !== 'connected') throw new Error(outcome.toSpeech());
    await center.session.close();
    const call = await human.nextCall();
    await call.waitToHear(voices.caller);
    await call.line.lose('removed');
    expect(await outcome.call.ended).toMatchObject({ by: 'line', caller: 'hung-up' });
    await center.caller.finished;
    expect(outcome.notes).toEqual([
      expect.objectContaining({ message: 'the AI cannot take the caller back: its session is closed' }),
    ]);
  }, 60_000);

  it('is sent on instead, where that is asked for', async () => {
    await using center = await startCallCenter(lab);
    const { caller, session, options } = center;
    caller.onRefer({ notify: 200 });
    const human = center.phone(accepts);
    await using transfer = new WarmTransfer({ ...options, onSessionClosed: { coldTransferTo: '+15550300' } });
    const outcome = await transfer.run();
    if (outcome.status !== 'connected') throw new Error(outcome.toSpeech());
    await session.close();
    await (await human.nextCall()).line.lose('removed');
    expect(await outcome.call.ended).toMatchObject({ by: 'line', caller: 'cold-transferred' });
    expect(caller.refers.map(({ number }) => number)).toEqual(['+15550300']);
  }, 60_000);
});

describe.concurrent('a transfer whose session closes', () => {
  it('is canceled while it rings, and the caller is not left in silence', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone((call) => call.neverAnswer());
    await using transfer = new WarmTransfer(center.options);
    const running = transfer.run();
    const call = await human.nextCall();
    await center.session.close();
    const outcome = await running;
    expect(outcome).toMatchObject({
      status: 'aborted',
      cause: new Error('the session of the caller is closing'),
      caller: 'hung-up',
    });
    await Promise.all([call.untilEnded(), center.caller.finished]);
  }, 60_000);
});

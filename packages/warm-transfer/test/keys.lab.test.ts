import { startPhoneLab } from '@org/phone-lab';
import { expect, it } from 'vitest';
import { WarmTransfer } from '../src/index.js';
import { startCallCenter, voices } from './call-center.js';

it('accepts by a row of keys that begins with the answer, of which nothing reaches the caller', async () => {
  await using lab = await startPhoneLab();
  await using center = await startCallCenter(lab);
  const phone = center.phone(async (call) => {
    await call.ring(500);
    await call.answer();
    await call.press('11111');
    call.tone();
  });
  await using transfer = new WarmTransfer({
    ...center.options,
    briefing: { limits: { firstSpeechMs: 3_000 } },
    merge: { proofTimeoutMs: 5_000 },
  });
  const outcome = await transfer.run();
  expect(outcome.status).toBe('connected');
  const human = await phone.nextCall();
  await center.caller.waitToHear(voices.human);
  await human.wait(1_000);
  expect(center.caller.keys).toEqual([]);
  await human.hangUp();
  await center.caller.untilEnded();
});

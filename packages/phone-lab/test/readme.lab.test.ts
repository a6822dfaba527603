import { expectReadmeToShow } from '../../../vitest.readme.ts';
import { twoPeopleTalk } from './readme-example.js';

// #region readme
import { expect, test } from 'vitest';
import { startPhoneLab } from '@org/phone-lab';
import '@org/phone-lab/vitest';

test('my agent greets its caller, and says goodbye when 1 is pressed', async () => {
  await using lab = await startPhoneLab();
  await lab.startWorker('test/support/greeting-agent.mjs', { env: { AGENT_NAME: 'my-agent' } });
  const caller = await lab.call({ from: '+15550002', roomName: 'call-1', agentName: 'my-agent' });
  await caller.connected();
  await caller.waitToHear('sound');
  await caller.press('1');
  await caller.untilEnded();
  expect(caller).toHear(1200, { forMs: 500 });
});
// #endregion readme

test('the README shows both examples, and its two people hear each other', async () => {
  expectReadmeToShow(new URL('./readme-example.ts', import.meta.url));
  expectReadmeToShow(new URL(import.meta.url));
  expect(await twoPeopleTalk()).toBe(true);
});

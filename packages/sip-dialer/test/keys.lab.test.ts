import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labWorld } from './lab-world.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
}, 180_000);
afterAll(async () => {
  await lab.close();
});

test('keys sent in the call reach the phone, in order and apart', async () => {
  await using world = await labWorld(lab, { watched: true });
  const request = world.request(async (call) => {
    await call.ring(100);
    await call.answer();
  });
  const outcome = await world.dialer.dial({ ...request, watch: await world.watch(request.roomName) });
  if (outcome.status !== 'answered') throw new Error(outcome.status);
  expect(await outcome.call.sendDtmf('1*w0#')).toEqual({ status: 'sent', pressed: 4 });
  const heard = world.phones[0]?.calls[0]?.keys ?? [];
  expect(heard.map(({ key }) => key).join('')).toBe('1*0#');
  expect(heard.map(({ from }) => from)).toEqual(Array.from({ length: 4 }, () => 'watcher'));
  // Sent 520 ms apart; the network may bring two of them a little closer.
  const [first, , , last] = heard.map(({ at }) => at);
  expect((last ?? 0) - (first ?? 0)).toBeGreaterThan(1_500);
  await outcome.call.hangUp();
});

import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { deferred } from '@org/support';
import { systemClock } from '../src/clock.js';

test('what came while the process was busy is read before a limit that passed meanwhile ends anything', async () => {
  const order: string[] = [];
  const limit = deferred<void>();
  systemClock.after(20, () => {
    order.push('limit');
    limit.resolve();
  });
  const answer = stat(new URL(import.meta.url)).then(() => order.push('answer'));
  for (const until = performance.now() + 500; performance.now() < until;);
  await Promise.all([limit.promise, answer]);
  expect(order).toEqual(['answer', 'limit']);
});

test('a callback that is canceled while a busy process reads what came is not called', async () => {
  let called = false;
  const cancel = systemClock.after(20, () => {
    called = true;
  });
  for (const until = performance.now() + 500; performance.now() < until;);
  setTimeout(cancel, 0);
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  expect(called).toBe(false);
});

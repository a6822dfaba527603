import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { anySignal } from '../../src/index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

it('aborts with a timeout that nothing else refers to, also after a garbage collection', async () => {
  const never = new AbortController();
  const signals = Array.from({ length: 20 }, () => anySignal(never.signal, anySignal(AbortSignal.timeout(50))));
  await delay(0);
  collectGarbage();
  await expect.poll(() => signals.filter(({ aborted }) => aborted).length, { timeout: 5_000 }).toBe(20);
});

it('aborts with the reason of the first signal, and ignores what is absent', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const signal = anySignal(undefined, first.signal, second.signal);
  second.abort('second');
  first.abort('first');
  expect([signal.aborted, signal.reason]).toEqual([true, 'second']);
});

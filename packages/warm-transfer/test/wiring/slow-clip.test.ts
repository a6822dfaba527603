import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { HoldAudio } from '@org/hold-audio';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WarmTransfer } from '../../src/index.js';
import { optionsWithoutServer } from '../support/without-server.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** A clip whose decoding never ends by itself. */
beforeEach(() => {
  vi.spyOn(HoldAudio.prototype, 'load').mockImplementation(
    ({ signal } = {}) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
  );
});
afterEach(() => void vi.restoreAllMocks());

/** Runs a transfer to its outcome, with garbage collections, and returns its status and the time that it took. */
async function runToEnd(signal?: AbortSignal): Promise<{ readonly status: string; readonly tookMs: number }> {
  await using transfer = new WarmTransfer({ ...optionsWithoutServer(), holdAudio: new Uint8Array(44) });
  const from = performance.now();
  const running = transfer.run(signal && { signal });
  for (let round = 0; round < 3; round += 1) {
    await delay(10);
    collectGarbage();
  }
  const { status } = await running;
  return { status, tookMs: performance.now() - from };
}

it('a transfer does not wait for a clip that takes long to decode', async () => {
  const { status, tookMs } = await runToEnd();
  // There is no room to find the caller in.
  expect(status).toBe('caller-left');
  // Wanted: 2 s.
  expect(tookMs).toBeLessThan(10_000);
});

it('a transfer that is canceled meanwhile is over, also by a timeout to which nothing else refers', async () => {
  const { status, tookMs } = await runToEnd(AbortSignal.timeout(100));
  expect(status).toBe('aborted');
  // Wanted: 100 ms.
  expect(tookMs).toBeLessThan(1500);
});

import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { RoomServiceClient } from 'livekit-server-sdk';
import { expect, test, vi } from 'vitest';
import { startPhoneLab } from '../../src/index.js';
import { processesNamed } from '../support/processes-of.js';

const stuck = fileURLToPath(new URL('../support/stuck-worker.mjs', import.meta.url));
const agent = fileURLToPath(new URL('../support/greeting-agent.mjs', import.meta.url));

test.concurrent('a worker that ends before it has registered is refused, with what it printed', async () => {
  await using lab = await startPhoneLab();
  const starting = lab.startWorker('/no/such/worker.js');
  await expect(starting).rejects.toMatchObject({ code: 'worker-failed' });
  await expect(starting).rejects.toThrow('Cannot find module');
});

test
  .runIf(process.platform === 'linux')
  .concurrent(
    'a worker that never registers is stopped at its limit, with every process that it has started',
    async () => {
      await using lab = await startPhoneLab();
      const mark = randomUUID();
      const starting = lab.startWorker(stuck, { args: ['start', mark], startLimitMs: 5000, stopLimitMs: 200 });
      const refusal = starting.catch((error: unknown) => error);
      // Its guard, the worker, and the worker's child.
      await vi.waitFor(async () => expect(await processesNamed(mark)).toHaveLength(3), { timeout: 4900 });
      expect(await refusal).toMatchObject({ code: 'worker-failed' });
      // It was given the lab as its server.
      await expect(starting).rejects.toThrow(`serving ${lab.url} as start`);
      await vi.waitFor(async () => expect(await processesNamed(mark)).toEqual([]), { timeout: 10_000 });
    },
  );

test.concurrent('a worker without an agent name is sent into every new room, also those that are none of its business', async () => {
  await using lab = await startPhoneLab();
  const worker = await lab.startWorker(agent, { stopLimitMs: 500 });
  const rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
  await rooms.createRoom({ name: 'consult-1' });
  await vi.waitFor(async () => expect(await worker.output()).toContain('job in room consult-1'), { timeout: 25_000 });
  await rooms.deleteRoom('consult-1');
});

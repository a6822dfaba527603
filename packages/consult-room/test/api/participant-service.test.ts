import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { resolveMergeWay } from '../../src/options/merge-options.js';

it('a request that nobody answers ends by itself, and its connection with it', async () => {
  await using server = createServer(() => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gone = once(server, 'connection').then(([socket]) => once(socket, 'close'));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { people } = resolveMergeWay({ server: { url, apiKey: 'key', apiSecret: 'secret'.repeat(8) } });
  await expect(people?.moveParticipant('a', 'ada', 'b')).rejects.toMatchObject({ name: 'TimeoutError' });
  await gone;
}, 25_000);

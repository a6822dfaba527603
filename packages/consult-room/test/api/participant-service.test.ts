import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { completeSettings } from '../../src/options/parse-merge-options.js';

it('the participant service closes the connection of a request that is never answered', async () => {
  await using server = createServer(() => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gone = once(server, 'connection').then(([socket]) => once(socket, 'close'));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { participants } = completeSettings({ server: { url, apiKey: 'key', apiSecret: 'secret'.repeat(8) } });
  await expect(participants?.moveParticipant('a', 'ada', 'b')).rejects.toMatchObject({ name: 'TimeoutError' });
  await gone;
}, 25_000);

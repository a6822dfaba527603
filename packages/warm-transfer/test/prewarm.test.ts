import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { HoldAudioError } from '@org/hold-audio';
import { prewarmTransfers } from '../src/prewarm.js';

it('asks the server once, with the credentials given', async () => {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await prewarmTransfers({ url: `http://127.0.0.1:${port}`, apiKey: 'key', apiSecret: 'a secret', holdAudio: null });
  server.close();
  server.closeAllConnections();
  expect(asked.map(({ url }) => url)).toEqual(['/twirp/livekit.RoomService/ListRooms']);
  expect(asked[0]?.headers.authorization).toMatch(/^Bearer /);
});

it('does not mind a server that is not there yet, and refuses a clip that cannot be played', async () => {
  const server = { url: 'http://127.0.0.1:9', apiKey: 'key', apiSecret: 'a secret' };
  await prewarmTransfers({ ...server, holdAudio: null });
  const refused = await prewarmTransfers({ ...server, holdAudio: '/there/is/no/such.wav' }).catch((e: unknown) => e);
  expect(HoldAudioError.isInstance(refused) && refused.code).toBe('source-missing');
});

import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { AudioSource, LocalAudioTrack } from '@livekit/rtc-node';
import { expect, it, vi } from 'vitest';
import { HoldAudioError } from '@org/hold-audio';
import { initializeLogger } from '@livekit/agents';
import { prewarmTransfers, rehearse } from '../../src/wiring/prewarm.js';

it('prewarmTransfers() asks the server once, with the credentials given', async () => {
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

it('prewarmTransfers() does not mind a server that is not there yet, and rejects a clip that cannot be played', async () => {
  const server = { url: 'http://127.0.0.1:9', apiKey: 'key', apiSecret: 'a secret' };
  await prewarmTransfers({ ...server, holdAudio: null });
  const refused = await prewarmTransfers({ ...server, holdAudio: '/there/is/no/such.wav' }).catch((e: unknown) => e);
  expect(HoldAudioError.isInstance(refused) && refused.code).toBe('source-missing');
});

it('prewarmTransfers() makes a track, plays into it, and leaves nothing of it', async () => {
  using made = vi.spyOn(LocalAudioTrack, 'createAudioTrack');
  using played = vi.spyOn(AudioSource.prototype, 'captureFrame');
  await prewarmTransfers({ url: 'http://127.0.0.1:9', apiKey: 'key', apiSecret: 'a secret', holdAudio: null });
  expect(made).toHaveBeenCalledTimes(1);
  expect(played).toHaveBeenCalledTimes(1);
  const [source] = played.mock.contexts;
  expect(made.mock.calls).toEqual([['prewarm', source]]);
  expect(source).toMatchObject({ closed: true });
});

it('rehearse() runs a transfer up to its first request, which it does not send', async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  using asked = vi.spyOn(globalThis, 'fetch');
  await rehearse();
  expect(asked).not.toHaveBeenCalled();
});

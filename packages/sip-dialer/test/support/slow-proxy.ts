import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export interface SlowFront extends AsyncDisposable {
  readonly url: string;
  /** For how long the answers to requests to dial are kept back, in milliseconds. */
  delayMs: number;
}

/** Passes requests on to a server at once, and keeps its answers to requests to dial back. */
export async function slowFront(target: string): Promise<SlowFront> {
  const { hostname, port } = new URL(target);
  const server = createServer((asked, answered) => {
    const { method, url = '/', headers } = asked;
    const passed = request({ hostname, port, method, path: url, headers }, (response) => {
      void buffer(response).then(async (body) => {
        if (url.endsWith('/CreateSIPParticipant')) await sleep(front.delayMs);
        return answered.writeHead(response.statusCode ?? 500, response.headers).end(body);
      }, String);
    });
    passed.on('error', () => answered.destroy());
    answered.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const front = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delayMs: 0,
    async [Symbol.asyncDispose](): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return front;
}

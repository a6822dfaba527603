import { once } from 'node:events';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';

/** An HTTP server on loopback for one test. Disposing of it fails if a client has left a connection open. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
}

export async function serve(answer: RequestListener): Promise<FileServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  // Otherwise it would be the server that closes, and no leak would show.
  server.keepAliveTimeout = 60_000;
  const sockets = new Set<unknown>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      try {
        await vi.waitFor(
          () => {
            if (sockets.size > 0) throw new Error(`${sockets.size} connections were left open`);
          },
          { timeout: 2000 },
        );
      } finally {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

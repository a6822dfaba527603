import { createSocket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface ServerPorts {
  /** TCP: API and signaling. */
  readonly http: number;
  /** UDP: all media. */
  readonly udp: number;
}

/** Below the ports that the system gives to connections: one of those is taken before a program that starts can listen on it. */
const [lowest, highest] = [20_000, 32_767];

/** Two ports of loopback that are free now. Another program may still listen on them first. */
export async function freePorts(): Promise<ServerPorts> {
  const [http, udp] = await Promise.all([free(tryTcp), free(tryUdp)]);
  return { http, udp };
}

/** Rejects with the last error when none of many ports can be had. */
async function free(tryPort: (port: number) => Promise<void>): Promise<number> {
  for (let left = 100; ; left -= 1) {
    const port = randomInt(lowest, highest + 1);
    try {
      await tryPort(port);
      return port;
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

async function tryTcp(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  await new Promise((done) => server.close(done));
}

async function tryUdp(port: number): Promise<void> {
  const socket = createSocket('udp4').bind(port, '127.0.0.1');
  await once(socket, 'listening');
  await new Promise<void>((done) => socket.close(done));
}

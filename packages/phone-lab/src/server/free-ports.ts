import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

export interface ServerPorts {
  /** TCP: API and signaling. */
  readonly http: number;
  /** UDP: all media. */
  readonly udp: number;
}

/** Two ports of loopback that are free now. Another process may still take them: the start is tried again then. */
export async function freePorts(): Promise<ServerPorts> {
  const tcp = createServer().listen(0, '127.0.0.1');
  const udp = createSocket('udp4').bind(0, '127.0.0.1');
  await Promise.all([once(tcp, 'listening'), once(udp, 'listening')]);
  const ports = { http: (tcp.address() as AddressInfo).port, udp: udp.address().port };
  await Promise.all([new Promise((done) => tcp.close(done)), new Promise<void>((done) => udp.close(done))]);
  return ports;
}

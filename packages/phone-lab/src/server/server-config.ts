import type { ServerPorts } from './free-ports.js';

export interface ServerKey {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Configuration (YAML, of which JSON is a part) of a livekit-server that works offline on loopback. */
export function serverConfig(ports: ServerPorts, key: ServerKey): string {
  return JSON.stringify({
    port: ports.http,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      node_ip: '127.0.0.1',
      use_external_ip: false,
      interfaces: { includes: ['lo'] },
      enable_loopback_candidate: true,
      tcp_port: 0,
      udp_port: ports.udp,
      // Without it the server has its clients look for public ones by name, in a thread for each lookup. No server answers here.
      stun_servers: ['127.0.0.1:9'],
    },
    keys: { [key.apiKey]: key.apiSecret },
    logging: { level: 'info', json: false },
  });
}

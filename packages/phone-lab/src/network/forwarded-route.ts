import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { seededRandom } from '../seeded-random.js';
import type { MediaLimits } from './forwarder-messages.js';
import { isRtp } from './is-rtp.js';
import type { NetworkRules } from './line-network.js';
import { MediaWatch } from './media-watch.js';
import { PacketPath } from './packet-path.js';

/** How long a client's address may be silent before its socket is closed, ms; a client that lives sends every 3 s at least. */
const idleMs = 30_000;

/** A server's address. */
interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** One address of the client; the server sees the socket instead. */
interface Flow {
  readonly socket: Socket;
  usedAt: number;
}

/** The way of one participant's packets: sockets that stand for the server, and for each address of the client one more. */
export class ForwardedRoute {
  readonly #doors = new Map<string, Promise<Socket>>();
  readonly #flows = new Map<string, Flow>();
  readonly #send: PacketPath;
  readonly #receive: PacketPath;
  readonly #onSilent: () => void;
  #seed: number;
  #random: () => number;
  #media: MediaWatch | undefined;

  constructor(rules: NetworkRules, onSilent: () => void) {
    this.#onSilent = onSilent;
    this.#seed = rules.seed;
    this.#random = seededRandom(rules.seed);
    const random = (): number => this.#random();
    this.#send = new PacketPath(rules.send, random);
    this.#receive = new PacketPath(rules.receive, random);
  }

  set rules({ send, receive, seed }: NetworkRules) {
    this.#send.rules = send;
    this.#receive.rules = receive;
    if (seed === this.#seed) return;
    this.#seed = seed;
    this.#random = seededRandom(seed);
  }

  /** Begins to look for RTP of the client; what came before does not count. */
  watch(limits: MediaLimits): void {
    this.#media = new MediaWatch(limits, this.#onSilent);
  }

  /** Counts a key that the participant pressed as RTP. */
  noteKey(): void {
    this.#media?.note(true);
  }

  /** Resolves with the port that stands for this address of the server. */
  async open(server: ServerAddress): Promise<number> {
    const key = `${server.host}:${server.port}`;
    const door = this.#doors.get(key) ?? this.#openDoor(server);
    this.#doors.set(key, door);
    return (await door).address().port;
  }

  /** Closes the sockets of addresses that the client has given up. */
  closeIdle(now: number): void {
    for (const [key, { socket, usedAt }] of this.#flows) {
      if (now - usedAt < idleMs) continue;
      this.#flows.delete(key);
      socket.close();
    }
  }

  async close(): Promise<void> {
    this.#send.close();
    this.#receive.close();
    for (const { socket } of this.#flows.values()) socket.close();
    this.#flows.clear();
    for (const door of this.#doors.values()) (await door).close();
    this.#doors.clear();
  }

  async #openDoor(server: ServerAddress): Promise<Socket> {
    const door = newSocket();
    door.on('message', (packet, client) => {
      const flow = this.#flowOf(door, server, client);
      flow.usedAt = performance.now();
      const passes = this.#send.pass(packet, () => flow.socket.send(packet, server.port, server.host));
      if (isRtp(packet)) this.#media?.note(passes);
    });
    // A bind without a lookup is done immediately.
    const listening = once(door, 'listening');
    door.bind(0, '127.0.0.1');
    await listening;
    return door;
  }

  #flowOf(door: Socket, server: ServerAddress, client: RemoteInfo): Flow {
    const key = `${server.host}:${server.port} ${client.address}:${client.port}`;
    const found = this.#flows.get(key);
    if (found) return found;
    const socket = newSocket();
    socket.on('message', (packet) => {
      this.#receive.pass(packet, () => door.send(packet, client.port, client.address));
    });
    const flow = { socket, usedAt: performance.now() };
    this.#flows.set(key, flow);
    return flow;
  }
}

function newSocket(): Socket {
  // Addresses are numbers; looking them up would cost a tick for each packet.
  const socket = createSocket({ type: 'udp4', lookup: (address, _options, done) => done(null, address, 4) });
  // A packet that cannot be sent is lost.
  return socket.on('error', () => undefined);
}

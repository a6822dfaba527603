import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { parseNetworkFaults } from '../../src/network/line-network.js';
import { LineRoute } from '../../src/network/line-route.js';
import { PacketForwarder } from '../../src/network/packet-forwarder.js';

const sockets: Socket[] = [];
const forwarder = new PacketForwarder();

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

afterAll(() => forwarder.close());

async function open(onPacket: (packet: Buffer, from: { port: number }) => void): Promise<[Socket, number]> {
  const socket = createSocket('udp4').on('message', onPacket);
  sockets.push(socket);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return [socket, socket.address().port];
}

/** UDP sockets of this process. */
function udpSockets(): number {
  const inodes = new Set<string>();
  for (const line of readFileSync('/proc/net/udp', 'utf8').trim().split('\n').slice(1)) {
    const inode = line.trim().split(/\s+/)[9];
    if (inode !== undefined) inodes.add(`socket:[${inode}]`);
  }
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return inodes.has(readlinkSync(`/proc/self/fd/${fd}`));
    } catch {
      return false; // Closed meanwhile.
    }
  }).length;
}

const rtp = Buffer.from([0x80, 0x6f, 1]);
const rtcp = Buffer.from([0x80, 0xc9, 1]);

/** Sends packets from a client through a route to a server that sends each back; returns what comes back within 200 ms. */
async function roundTrip(route: LineRoute, packets: readonly Buffer[]): Promise<{ back: Buffer[]; from: Set<number> }> {
  const from = new Set<number>();
  const back: Buffer[] = [];
  const [server, serverPort] = await open((packet, sender) => {
    from.add(sender.port);
    server.send(packet, sender.port, '127.0.0.1');
  });
  const [client] = await open((packet) => back.push(packet));
  const port = await route.candidatePort('127.0.0.1', serverPort);
  for (const packet of packets) client.send(packet, port ?? 0, '127.0.0.1');
  await delay(200);
  return { back, from };
}

/** Sends RTP every 20 ms, to where nothing listens. */
async function sendRtp(route: LineRoute): Promise<NodeJS.Timeout> {
  const port = await route.candidatePort('127.0.0.1', 9);
  const [client] = await open(() => undefined);
  return setInterval(() => client.send(rtp, port ?? 0, '127.0.0.1'), 20);
}

const perfect = parseNetworkFaults({}, 'faults');

test('packets pass in both directions, and the server sees another address than the client', async () => {
  const route = new LineRoute(forwarder, perfect);
  const { back, from } = await roundTrip(route, [rtp, rtcp]);
  expect(back).toEqual([rtp, rtcp]);
  expect(from.size).toBe(1);
  await route.close();
});

test('a held line stops RTP and lets RTCP pass, until it is resumed', async () => {
  const route = new LineRoute(forwarder, perfect);
  await route.setHeld(true);
  expect((await roundTrip(route, [rtp, rtcp])).back).toEqual([rtcp]);
  await route.setHeld(false);
  expect((await roundTrip(route, [rtp, rtcp])).back).toEqual([rtp, rtcp]);
  await route.close();
});

test('a route that was closed passes nothing', async () => {
  const route = new LineRoute(forwarder, perfect);
  const [server, serverPort] = await open((packet, sender) => server.send(packet, sender.port, '127.0.0.1'));
  const back: Buffer[] = [];
  const [client] = await open((packet) => back.push(packet));
  const port = await route.candidatePort('127.0.0.1', serverPort);
  await route.close();
  client.send(rtp, port ?? 0, '127.0.0.1');
  await delay(200);
  expect(back).toEqual([]);
});

test('a phone that has sent nothing is silent after the first limit, one that falls silent after the other', async () => {
  const limits = { initialMs: 1500, generalMs: 300 };
  const mute = new LineRoute(forwarder, perfect, { sendsNothing: true });
  const held = new LineRoute(forwarder, perfect);
  const at = Date.now();
  const timers = await Promise.all([sendRtp(mute), sendRtp(held)]);
  await Promise.all([mute.watchMedia(limits), held.watchMedia(limits)]);
  await delay(50);
  await held.setHeld(true);
  await held.silent;
  expect(Date.now() - at).toBeGreaterThanOrEqual(300);
  expect(Date.now() - at).toBeLessThan(1500);
  await mute.silent;
  expect(Date.now() - at).toBeGreaterThanOrEqual(1500);
  for (const timer of timers) clearInterval(timer);
  await Promise.all([mute.close(), held.close()]);
});

test('the close of a route closes its sockets, and that of the forwarder closes all', async () => {
  const before = udpSockets();
  const own = new PacketForwarder();
  const [first, second] = [new LineRoute(own, perfect), new LineRoute(own, perfect)];
  await roundTrip(first, [rtp]);
  await roundTrip(second, [rtp]);
  // Two of each route, and those of the test.
  expect(udpSockets()).toBe(before + 8);
  await first.close();
  expect(udpSockets()).toBe(before + 6);
  await own.close();
  expect(udpSockets()).toBe(before + 4);
});

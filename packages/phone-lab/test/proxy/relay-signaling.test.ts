import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { DisconnectReason, LeaveRequest, SignalResponse, TrickleRequest } from '@livekit/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { relaySignaling } from '../../src/proxy/relay-signaling.js';
import type { SignalingGate } from '../../src/network/signaling.js';

const leave = new SignalResponse({
  message: { case: 'leave', value: new LeaveRequest({ reason: DisconnectReason.SERVER_SHUTDOWN }) },
}).toBinary();
/** An address of the server, for which the lab first needs one of its own. */
const candidate = new SignalResponse({
  message: {
    case: 'trickle',
    value: new TrickleRequest({
      candidateInit: JSON.stringify({ candidate: 'candidate:1 1 udp 2 127.0.0.1 7000 typ host' }),
    }),
  },
}).toBinary();

let upstream: WebSocketServer;
let front: Server;
let gate: SignalingGate | undefined;

const portFor = (): Promise<number> => delay(50, 7001);
const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

beforeEach(async () => {
  gate = undefined;
  upstream = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(upstream, 'listening');
  const url = new URL(`http://127.0.0.1:${portOf(upstream)}`);
  front = createServer().on('upgrade', (request, socket, head) => {
    relaySignaling(url, request, socket, head, portFor, gate ? { gate } : {});
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
});

afterEach(() => {
  front.close();
  upstream.close();
});

/** What a client has got when its connection ends. */
async function received(): Promise<{ readonly messages: (string | undefined)[]; readonly code: number }> {
  const client = new WebSocket(`ws://127.0.0.1:${portOf(front)}/rtc`);
  const messages: (string | undefined)[] = [];
  client.on('message', (data: Buffer) => messages.push(SignalResponse.fromBinary(data).message.case));
  const [code] = (await once(client, 'close')) as [number];
  return { messages, code };
}

test.each([
  ['closes the connection', (socket: WebSocket) => socket.close(1000), 1000],
  ['is gone', (socket: WebSocket) => void setImmediate(() => socket.terminate()), 1006],
])('the last words of a server that then %s reach the client before the end', async (_how, end, code) => {
  upstream.on('connection', (socket) => {
    socket.send(candidate);
    socket.send(leave);
    end(socket);
  });
  expect(await received()).toEqual({ messages: ['trickle', 'leave'], code });
});

test('the end of a connection waits behind the words that a gate holds', async () => {
  const waiting: (() => void)[] = [];
  let isOpen = true;
  gate = { whenOpen: (act) => (isOpen ? act() : void waiting.push(act)) };
  upstream.on('connection', (socket) => {
    isOpen = false;
    socket.send(leave);
    socket.close(1000);
    socket.once('close', () => {
      isOpen = true;
      for (const act of waiting.splice(0)) act();
    });
  });
  expect(await received()).toEqual({ messages: ['leave'], code: 1000 });
});

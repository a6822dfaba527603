import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { throughGate, type SignalingGate } from '../network/signaling.js';

function upstreamRequest(upstream: URL, incoming: IncomingMessage): ReturnType<typeof httpRequest> {
  const request = upstream.protocol === 'https:' ? httpsRequest : httpRequest;
  return request(new URL(incoming.url ?? '/', upstream), {
    method: incoming.method,
    headers: { ...incoming.headers, host: upstream.host },
    // A pooled connection would outlive the lab.
    agent: false,
  });
}

/** Sends a request on to the server, and its answer back. A body that was already read must be given. */
export function passRequest(upstream: URL, incoming: IncomingMessage, response: ServerResponse, body?: Buffer): void {
  const outgoing = upstreamRequest(upstream, incoming);
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.headers);
    answer.pipe(response);
  });
  // No server: the client must see a broken connection, as it would without the lab.
  outgoing.on('error', () => response.destroy());
  response.on('close', () => outgoing.destroy());
  if (body) outgoing.end(body);
  else incoming.pipe(outgoing);
}

/** The handling of a connection that the proxy passes on. */
export interface UpgradeWay {
  /** Holds what both sides say, and the connection itself while it is closed. */
  readonly gate?: SignalingGate;
  /** The server speaks for the first time. */
  readonly onFirstWord?: () => void;
  /** A connection that was made has ended. */
  readonly onEnd?: () => void;
}

/** Connects a WebSocket, or whatever is asked for by `Upgrade`, through to the server. */
export function passUpgrade(
  upstream: URL,
  incoming: IncomingMessage,
  client: Duplex,
  head: Buffer,
  { gate, onFirstWord, onEnd }: UpgradeWay = {},
): void {
  const outgoing = upstreamRequest(upstream, incoming);
  const drop = (): void => {
    outgoing.destroy();
    client.destroy();
  };
  client.on('error', drop).on('close', drop);
  outgoing.on('error', drop);
  outgoing.on('response', (answer) => passAnswer(answer, client));
  outgoing.on('upgrade', (answer, server: Duplex, serverHead: Buffer) => {
    client.write(statusLine(answer) + headerLines(answer));
    if (serverHead.length > 0) {
      client.write(serverHead);
      onFirstWord?.();
    }
    if (head.length > 0) server.write(head);
    server.once('close', () => onEnd?.());
    server.on('error', drop).on('close', drop);
    client.on('close', () => server.destroy());
    if (onFirstWord) server.once('data', onFirstWord);
    if (gate) server.pipe(throughGate(gate)).pipe(client).pipe(throughGate(gate)).pipe(server);
    else server.pipe(client).pipe(server);
  });
  // Nothing is sent before the end of the request.
  if (gate) gate.whenOpen(() => outgoing.end());
  else outgoing.end();
}

/** Gives a client that wanted to upgrade the answer of a server that did not. */
export function passAnswer(answer: IncomingMessage, client: Duplex): void {
  client.write(statusLine(answer) + headerLines(answer));
  answer.pipe(client);
}

function statusLine(answer: IncomingMessage): string {
  return `HTTP/1.1 ${answer.statusCode ?? 502} ${answer.statusMessage ?? ''}\r\n`;
}

function headerLines(answer: IncomingMessage): string {
  const lines: string[] = [];
  for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2)
    lines.push(`${answer.rawHeaders[i]}: ${answer.rawHeaders[i + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

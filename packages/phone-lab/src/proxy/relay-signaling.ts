import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { passAnswer, type UpgradeWay } from './pass-through.js';
import { type CandidatePort, rewriteClientMessage, rewriteServerMessage } from './rewrite-candidates.js';

/** Headers that belong to one connection, not to the request. */
const ownHeaders = /^(host|connection|upgrade|sec-websocket-.*)$/i;

const acceptor = new WebSocketServer({ noServer: true, clientTracking: false });

/** Connects the signaling of a client through to the server, with addresses of the lab in place of the server's. */
export function relaySignaling(
  upstream: URL,
  incoming: IncomingMessage,
  client: Duplex,
  head: Buffer,
  portFor: CandidatePort,
  { gate, onEnd }: UpgradeWay = {},
): void {
  const connect = (): void => {
    const server = new WebSocket(addressOf(upstream, incoming), {
      headers: headersOf(incoming),
      perMessageDeflate: false,
    });
    const drop = (): void => server.terminate();
    client.on('close', drop);
    server.on('error', () => client.destroy());
    server.on('unexpected-response', (_request, answer) => passAnswer(answer, client));
    server.on('open', () => {
      server.once('close', () => onEnd?.());
      acceptor.handleUpgrade(incoming, client, head, (accepted) => {
        accepted.on('error', drop);
        pipe(server, accepted, (data) => rewriteServerMessage(data, portFor), gate);
        pipe(accepted, server, rewriteClientMessage, gate);
      });
    });
  };
  client.on('error', () => client.destroy());
  // Nothing is asked while the gate is closed.
  if (gate) gate.whenOpen(connect);
  else connect();
}

type Rewrite = (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array | undefined>;

/** Passes messages on in their order, and the end of the connection. */
function pipe(from: WebSocket, to: WebSocket, rewrite: Rewrite, gate: UpgradeWay['gate']): void {
  const passOn = async (before: Promise<void>, data: RawData): Promise<void> => {
    await before;
    try {
      const rewritten = await rewrite(bytesOf(data));
      if (gate) await new Promise<void>((done) => gate.whenOpen(done));
      if (rewritten !== undefined && to.readyState === WebSocket.OPEN) to.send(rewritten);
    } catch {
      from.close(unsupportedData, 'the lab cannot read this message');
    }
  };
  const passEnd = async (before: Promise<void>, code: number, reason: Buffer): Promise<void> => {
    await before;
    if (gate) await new Promise<void>((done) => gate.whenOpen(done));
    if (isSendable(code)) to.close(code, reason);
    else to.terminate();
  };
  let last = Promise.resolve();
  from.on('message', (data: RawData, isBinary) => {
    // The SDKs speak protobuf. What the lab cannot read would lead past it.
    if (isBinary) last = passOn(last, data);
    else from.close(unsupportedData, 'the lab reads binary messages only');
  });
  from.on('close', (code, reason) => void passEnd(last, code, reason));
}

const unsupportedData = 1003;

/** Whether a close frame may say so (RFC 6455, section 7.4). */
function isSendable(code: number): boolean {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

function bytesOf(data: RawData): Uint8Array<ArrayBuffer> {
  if (Array.isArray(data)) return Uint8Array.from(Buffer.concat(data));
  return new Uint8Array(data);
}

function addressOf(upstream: URL, incoming: IncomingMessage): URL {
  const address = new URL(incoming.url ?? '/', upstream);
  address.protocol = upstream.protocol.replace('http', 'ws');
  return address;
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !ownHeaders.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

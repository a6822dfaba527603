import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FaultList } from '../faults/fault-list.js';
import { clientOf } from '../attribution/client-of.js';
import { currentCreatedBy, withCreatedBy, type CreatedBy } from '../attribution/created-by.js';
import { runFault } from '../faults/run-fault.js';
import { twirpMethodOf } from '../faults/twirp-methods.js';
import type { LineRoutes } from '../network/line-routes.js';
import { postRequest } from '../twirp/post-request.js';
import { passRequest, passUpgrade } from './pass-through.js';
import { readBody } from '../twirp/read-body.js';
import { relaySignaling } from './relay-signaling.js';
import type { CandidatePort } from './rewrite-candidates.js';
import type { Signaling } from '../network/signaling.js';
import { roomOfToken, tokenOf } from './token.js';

/** Handles a request in place of the server; returns false to pass it on. */
export type FrontHandler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => Promise<boolean>;

/** A request or connection that passes through the proxy. */
interface FrontTrace {
  readonly what: string;
  readonly origin: CreatedBy;
}

/** The lab's one address: answers some API methods itself and passes everything else through to the server. */
export interface LabProxy {
  /** `ws://127.0.0.1:port`. */
  readonly url: string;
  /** The same server for the lab's own phones, whose connections are not listed. */
  readonly phoneUrl: string;
  /** Calls back when the next worker has registered. Returns the way to stop waiting. */
  onWorker(listener: () => void): () => void;
  /** Rooms that were joined through this address. */
  readonly roomsJoined: ReadonlySet<string>;
  /** WebSockets that are open, one line each. */
  readonly openSockets: readonly FrontTrace[];
  /** Requests that have no answer yet, one line each. */
  readonly openRequests: readonly FrontTrace[];
  /** Returns the last client that joined a room under an identity, through this address. */
  joinOf(roomName: string, identity: string): CreatedBy | undefined;
  close(): Promise<void>;
}

/** The path to which workers connect. */
export const workerPath = '/agent';

/** Marks a request that the proxy sends to itself, on which no fault falls. */
const pastFaultsHeader = 'x-phone-lab-past-faults';

/** Starts the proxy on a free port of loopback. `handlers` are keyed by path. */
export async function startLabProxy(
  upstream: URL,
  handlers: ReadonlyMap<string, FrontHandler>,
  faults: Pick<FaultList, 'hit'>,
  signaling: Signaling,
  routes: Pick<LineRoutes, 'find' | 'of'>,
): Promise<LabProxy> {
  const pastFaults = new Map<string, CreatedBy>();
  const closing = new AbortController();
  const requests = new Map<ServerResponse, FrontTrace>();
  const roomsJoined = new Set<string>();
  const joins = new Map<string, CreatedBy>();
  const workerListeners = new Set<() => void>();
  // The first that the server says to a worker is that it is registered.
  const tellRegistered = (): void => workerListeners.forEach((listener) => listener());

  const answer = async (request: IncomingMessage, response: ServerResponse, isPast: boolean): Promise<void> => {
    const path = pathOf(request);
    const method = request.method === 'POST' && !isPast ? twirpMethodOf(path) : undefined;
    const fault = method === undefined ? undefined : faults.hit(method);
    if (fault !== undefined) {
      const body = await readBody(request);
      if (!body) return void response.writeHead(413).end();
      const mark = randomUUID();
      pastFaults.set(mark, currentCreatedBy() ?? originOf(request));
      response.on('close', () => pastFaults.delete(mark));
      const headers = { ...request.headers, [pastFaultsHeader]: mark };
      const self = new URL(request.url ?? '/', url.replace('ws', 'http'));
      return runFault(fault, () => postRequest(self, headers, body), response, closing.signal);
    }
    const handler = handlers.get(path);
    if (!handler) return passRequest(upstream, request, response);
    const body = await readBody(request);
    if (!body) {
      response.writeHead(413).end();
      return;
    }
    if (!(await handler(request, response, body))) passRequest(upstream, request, response, body);
  };

  const server = createServer((request, response) => {
    const past = pastFaults.get(String(request.headers[pastFaultsHeader]));
    delete request.headers[pastFaultsHeader];
    const origin = past ?? originOf(request);
    // A request of the proxy to itself is listed as the client's.
    if (!past) requests.set(response, { what: `${request.method} ${pathOf(request)}`, origin });
    response.on('close', () => requests.delete(response));
    // A request that broke off midway has no answer to give.
    withCreatedBy(origin, () => answer(request, response, past !== undefined)).catch(() => response.destroy());
  });
  const sockets = new Map<Duplex, FrontTrace | undefined>();
  const pass = (request: IncomingMessage, socket: Duplex, head: Buffer, isPhone: boolean): void => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://front');
    const phoneLine = isPhone ? searchParams.get('line') : null;
    const { name, identity } = roomOfToken(tokenOf(request)) ?? {};
    if (name !== undefined) roomsJoined.add(name);
    const what = identity === undefined ? path : `${path} of ${identity} in room ${name}`;
    const trace = isPhone ? undefined : { what, origin: originOf(request) };
    sockets.set(socket, trace);
    if (trace && identity !== undefined) joins.set(joinKey(name ?? '', identity), trace.origin);
    socket.on('close', () => sockets.delete(socket));
    const whose = name !== undefined && identity !== undefined ? { roomName: name, identity } : undefined;
    const way = {
      ...(phoneLine !== null && { onEnd: () => signaling.lineEnded(phoneLine) }),
      ...(path === workerPath && { onFirstWord: tellRegistered }),
      ...(whose && { gate: signaling.gateOf(whose, socket) }),
    };
    const route = isPhone ? routes.find(Number(searchParams.get('route'))) : whose && routes.of(whose);
    if (route === undefined) return passUpgrade(upstream, request, socket, head, way);
    const portFor: CandidatePort = (host, port) => route.candidatePort(host, port);
    relaySignaling(upstream, request, socket, head, portFor, way);
  };
  server.on('upgrade', (request, socket, head) => pass(request, socket, head, false));
  const phones = createServer((request, response) => passRequest(upstream, request, response));
  phones.on('upgrade', (request, socket, head) => pass(request, socket, head, true));
  const [url, phoneUrl] = await Promise.all([listen(server), listen(phones)]);

  return {
    url,
    phoneUrl,
    roomsJoined,
    onWorker(listener) {
      workerListeners.add(listener);
      return () => workerListeners.delete(listener);
    },
    joinOf: (roomName, identity) => joins.get(joinKey(roomName, identity)),
    get openSockets() {
      return [...sockets.values()].filter((trace) => trace !== undefined);
    },
    get openRequests() {
      return [...requests.values()];
    },
    async close() {
      closing.abort();
      const closed = [server, phones].map((one) => new Promise((done) => one.close(done)));
      for (const socket of sockets.keys()) socket.destroy();
      for (const one of [server, phones]) one.closeAllConnections();
      await Promise.all(closed);
    },
  };
}

function joinKey(roomName: string, identity: string): string {
  return JSON.stringify([roomName, identity]);
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '/';
}

function originOf(request: IncomingMessage): CreatedBy {
  const path = pathOf(request);
  return { by: twirpMethodOf(path) ?? path, at: Date.now(), client: clientOf(request.socket) };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

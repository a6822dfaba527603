import { setTimeout as delay } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Listening } from '../ears/listening.js';
import { RoomListeners } from '../ears/room-listeners.js';
import type { Fault, FaultOptions } from '../faults/fault.js';
import type { FaultList } from '../faults/fault-list.js';
import type { LabProxy } from '../proxy/lab-proxy.js';
import { captureStack, userFrames } from '../attribution/call-site.js';
import { withCreatedBy, type CreatedBy } from '../attribution/created-by.js';
import { ProcessWatch } from '../attribution/process-watch.js';
import type { SignalingPause, Whose } from '../network/signaling.js';
import { PhoneLabError } from '../phone-lab-error.js';
import { checkPhoneOptions } from '../phone/check-phone-options.js';
import type { NetworkFaults } from '../network/line-network.js';
import { startParticipantNetwork, type ParticipantNetwork } from '../network/participant-network.js';
import type { Phone, PhoneOptions } from '../phone/phone.js';
import type { PhoneCall, PhoneScript } from '../phone/phone-call.js';
import type { SipGateway } from '../gateway/sip-gateway.js';
import { SimulatedPhone } from '../gateway/simulated-phone.js';
import type { LiveKitServer } from '../server/livekit-server.js';
import type { OwnServer } from '../server/own-server.js';
import type { SipDirectory } from '../sip/sip-directory.js';
import type { InboundCalls } from '../gateway/inbound-calls.js';
import type { CheckedLabOptions } from '../options/lab-options.js';
import { type LabWorker, type LabWorkerOptions, startLabWorker } from './lab-worker.js';
import { workerEnvironment } from './worker-environment.js';
import { closingError, leftBehind } from './closing-error.js';
import { findLeftovers } from './leftovers.js';
import { scriptProblems } from './script-problems.js';
import type { InboundCallRequest } from '../phone/inbound-call-request.js';
import type { Leftover, PhoneLab } from './phone-lab.js';

/** The parts of a lab, which owns all of them. */
export interface LabParts {
  readonly server: LiveKitServer;
  readonly gateway: SipGateway;
  readonly proxy: LabProxy;
  readonly faults: FaultList;
  readonly directory: SipDirectory;
  readonly inboundCalls: InboundCalls;
  readonly roomsCreated: Map<string, CreatedBy | undefined>;
}

export class RunningPhoneLab implements PhoneLab {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly trunkId: string;
  readonly trunkNumber: string;
  readonly serverLog: string | undefined;
  readonly #parts: LabParts;
  readonly #options: CheckedLabOptions;
  readonly #rooms: RoomServiceClient;
  readonly #workers: LabWorker[] = [];
  readonly #listeners: RoomListeners;
  /** Programs that the lab has started, by process. */
  readonly #programs = new Map<number, string>();
  readonly #watch: ProcessWatch | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: LabParts, options: CheckedLabOptions) {
    const { server, proxy } = parts;
    this.url = proxy.url;
    this.apiKey = server.apiKey;
    this.apiSecret = server.apiSecret;
    this.trunkId = options.trunkId;
    this.trunkNumber = options.trunkNumber;
    this.serverLog = server.own?.logFile;
    this.#parts = parts;
    this.#options = options;
    this.#listeners = new RoomListeners(server);
    if (options.watchProcess) this.#watch = new ProcessWatch();
    this.#rooms = new RoomServiceClient(server.url, server.apiKey, server.apiSecret, { failover: false });
  }

  phone(number: string, script?: PhoneScript, options: PhoneOptions = {}): Phone {
    this.#refuseIfClosed();
    if (number.trim() === '') throw new PhoneLabError('invalid-option', 'number must not be empty');
    checkPhoneOptions(options);
    const phone = new SimulatedPhone(number, script, { vocabulary: this.#options.vocabulary, ...options });
    this.#parts.gateway.phones.set(number, phone);
    return phone;
  }

  async call(request: InboundCallRequest): Promise<PhoneCall> {
    this.#refuseIfClosed();
    for (const name of ['from', 'roomName'] as const) {
      if (request[name]?.trim() === '') throw new PhoneLabError('invalid-option', `${name} must not be empty`);
    }
    checkPhoneOptions(request);
    const by = userFrames(captureStack());
    return withCreatedBy({ by: by === undefined ? 'a call' : `a call in ${by}`, at: Date.now() }, () =>
      this.#parts.inboundCalls.call(request),
    );
  }

  async listen(roomName: string, identity: string): Promise<Listening> {
    this.#refuseIfClosed();
    this.#parts.inboundCalls.rooms.add(roomName);
    return this.#listeners.listen(roomName, identity);
  }

  async startWorker(file: string, options: LabWorkerOptions = {}): Promise<LabWorker> {
    this.#refuseIfClosed();
    const worker = await startLabWorker(file, await workerEnvironment(this), this.#parts.proxy, options);
    this.#workers.push(worker);
    this.#programs.set(worker.pid, `worker ${file}`);
    return worker;
  }

  fault(options: FaultOptions): Fault {
    this.#refuseIfClosed();
    return this.#parts.faults.add(options);
  }

  network(whose: Whose, faults: NetworkFaults): ParticipantNetwork {
    this.#refuseIfClosed();
    return startParticipantNetwork(this.#parts.gateway.network, whose, faults);
  }

  pauseSignaling(whose: Whose): SignalingPause {
    this.#refuseIfClosed();
    return this.#parts.gateway.network.signaling.pause(whose);
  }

  async stopServer(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    this.#refuseIfClosed();
    if (!['SIGKILL', 'SIGTERM'].includes(signal)) {
      throw new PhoneLabError('invalid-option', `signal must be SIGKILL or SIGTERM, not ${signal}`);
    }
    await this.#ownServer('stopServer').halt(signal);
    // It kept them in its memory.
    this.#parts.roomsCreated.clear();
  }

  async restartServer(): Promise<void> {
    const server = this.#ownServer('restartServer');
    await this.stopServer();
    await server.restart();
  }

  async leftNothing(): Promise<readonly Leftover[]> {
    const { server, gateway, proxy, directory, inboundCalls, roomsCreated } = this.#parts;
    return findLeftovers({
      rooms: this.#rooms,
      calls: gateway.liveCalls,
      lostPhones: new Set([...gateway.calls].map(({ participantSid }) => participantSid)),
      proxy,
      programs: this.#programs,
      openResources: this.#watch?.open ?? [],
      roomsCreated,
      directory,
      ownRooms: inboundCalls.rooms,
      server: server.own?.isHalted ? 'stopped' : server.own ? 'own' : 'running',
      ownWorker: this.#workers.some((worker) => !worker.ended),
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    const problems: unknown[] = [];
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    try {
      const left = await this.#settle();
      if (left.length > 0) problems.push(leftBehind(left));
    } catch (error) {
      // The server may be gone; what cannot be listed cannot be called clean.
      problems.push(new PhoneLabError('server-failed', 'the server does not say what is left', { cause: error }));
    }
    await this.#listeners.close();
    this.#watch?.close();
    await this.#parts.gateway.close();
    problems.push(...(await scriptProblems(this.#parts.gateway.calls)));
    await this.#deleteRooms();
    await this.#parts.proxy.close();
    await this.#parts.server.stop({ keepLog: problems.length > 0 });
    const [first, ...further] = problems;
    if (first !== undefined) throw closingError([first, ...further], this.serverLog);
  }

  /** Gives things the grace to go by themselves. */
  async #settle(): Promise<readonly Leftover[]> {
    for (const deadline = Date.now() + this.#options.graceMs; ; await delay(50)) {
      const left = await this.leftNothing();
      if (left.length === 0 || Date.now() >= deadline) return left;
    }
  }

  /** A server of the lab's own takes its rooms with it; on another's only what came through the lab is deleted. */
  async #deleteRooms(): Promise<void> {
    const { server, inboundCalls, roomsCreated, proxy } = this.#parts;
    if (server.own) return;
    const names = new Set([...inboundCalls.rooms, ...roomsCreated.keys(), ...proxy.roomsJoined]);
    // A room may be gone already.
    await Promise.all([...names].map((name) => this.#rooms.deleteRoom(name).catch(() => undefined)));
  }

  #ownServer(step: string): OwnServer {
    if (this.#parts.server.own) return this.#parts.server.own;
    throw new PhoneLabError('misuse', `${step}() is for a server that the lab has started`);
  }

  #refuseIfClosed(): void {
    if (this.#closing) throw new PhoneLabError('closed', 'the lab is closed');
  }
}

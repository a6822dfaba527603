import type { Listening } from '../ears/listening.js';
import type { Fault, FaultOptions } from '../faults/fault.js';
import type { SignalingPause } from '../network/signaling.js';
import type { NetworkFaults } from '../network/line-network.js';
import type { ParticipantNetwork } from '../network/participant-network.js';
import type { InboundCallRequest } from '../phone/inbound-call-request.js';
import type { Phone, PhoneOptions } from '../phone/phone.js';
import type { PhoneCall, PhoneScript } from '../phone/phone-call.js';
import type { LabWorker, LabWorkerOptions } from './lab-worker.js';

/** A resource that a test left behind. */
export interface Leftover {
  readonly kind:
    | 'room'
    | 'participant'
    | 'track'
    | 'call'
    | 'socket'
    | 'request'
    | 'trunk'
    | 'rule'
    | 'timer'
    | 'process';
  /** A description in one line. */
  readonly what: string;
  /**
   * The origin, as far as it is known: the API call, its time and the process, such as
   * `CreateRoom at 18:03:22.120 by worker agent.js (process 123)`; or the line of the program in this process.
   */
  readonly madeBy?: string;
}

/** A LiveKit server with telephones. */
export interface PhoneLab extends AsyncDisposable {
  /** The URL for every LiveKit client: `ws://127.0.0.1:port`. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** The outbound trunk that exists from the start; others have to be created. */
  readonly trunkId: string;
  /** The trunk's number, as dialed phones see it. */
  readonly trunkNumber: string;
  /** Log file of the server that the lab started. `close()` deletes it unless it reports an error. */
  readonly serverLog: string | undefined;
  /** Registers a phone. Without a script it rings for 100 ms, answers and stays. A later phone with the same number replaces it. */
  phone(number: string, script?: PhoneScript, options?: PhoneOptions): Phone;
  /** Places a call from a phone; resolves as soon as it rings or is rejected. */
  call(request: InboundCallRequest): Promise<PhoneCall>;
  /**
   * Records the audio that a participant of a room hears and publishes, from now on. Participants do not see the recording,
   * but the room stays open while it lasts. The participant may join later; a room that does not exist is created.
   */
  listen(roomName: string, identity: string): Promise<Listening>;
  /**
   * Runs a Node program, such as an `@livekit/agents` worker, as a process of its own with this lab as its server:
   * `LIVEKIT_URL`, `LIVEKIT_API_KEY`, `LIVEKIT_API_SECRET`, `LIVEKIT_SIP_OUTBOUND_TRUNK` and `LIVEKIT_SIP_NUMBER` are
   * set, and `WORKER_PORT` to a free port for the worker's own health check. Resolves when it has registered; rejects with `worker-failed` and its output. `close()` stops it.
   */
  startWorker(file: string, options?: LabWorkerOptions): Promise<LabWorker>;
  /**
   * Applies a fault to requests to LiveKit's API from now on, for all clients of this lab's address. The first fault that
   * matches a request is applied. Remove the fault, or limit it by `times`.
   */
  fault(options: FaultOptions): Fault;
  /**
   * Holds the signaling between a participant (a phone or any client of this lab's address) and the server until it is
   * released; media continue. A participant who joins under this identity meanwhile is held too.
   */
  pauseSignaling(whose: { readonly roomName: string; readonly identity: string }): SignalingPause;
  /**
   * Applies network faults to a participant that joins through this lab's address from now on, such as an agent or a browser.
   * For a phone, use `line` and `call.line.network()`. Throws `misuse` if the participant has joined already.
   */
  network(whose: { readonly roomName: string; readonly identity: string }, faults: NetworkFaults): ParticipantNetwork;
  /**
   * Stops the server that the lab started, by SIGKILL unless `signal` is another: all clients lose their connections, and all
   * rooms and participants are gone. Resolves when the process has ended. Idempotent.
   */
  stopServer(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Kills the server if it runs, and restarts it on the same ports, without rooms. Clients that still retry reconnect. */
  restartServer(): Promise<void>;
  /** Returns the resources that are left at this moment; an empty list if there are none. */
  leftNothing(): Promise<readonly Leftover[]>;
  /**
   * Ends every call, stops the server and frees the ports. Then rejects with `left-behind` or `script-failed` if a resource
   * was left or a script failed. A second call returns the same promise.
   */
  close(): Promise<void>;
}

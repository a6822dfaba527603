import type { Listening } from '../ears/listening.js';
import type { Fault, FaultOptions } from '../faults/fault.js';
import type { SignalingPause } from '../network/signaling.js';
import type { NetworkFaults } from '../network/line-network.js';
import type { ParticipantNetwork } from '../network/participant-network.js';
import type { InboundCallRequest } from '../phone/inbound-call-request.js';
import type { Phone, PhoneOptions } from '../phone/phone.js';
import type { PhoneCall, PhoneScript } from '../phone/phone-call.js';
import type { LabWorker, LabWorkerOptions } from './lab-worker.js';

/** Something that a test left behind. */
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
  /** One line for the reader. */
  readonly what: string;
  /**
   * Who made it, as far as that is known: the API call, its time and the process, such as
   * `CreateRoom at 18:03:22.120 by worker agent.js (process 123)`; or the line of the program in this process.
   */
  readonly madeBy?: string;
}

/** A LiveKit server with telephones. */
export interface PhoneLab extends AsyncDisposable {
  /** For every LiveKit client: `ws://127.0.0.1:port`. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Outbound trunk that is there from the start; others have to be created. */
  readonly trunkId: string;
  /** The trunk's number: what the dialed phones see. */
  readonly trunkNumber: string;
  /** Log file of the server that the lab started; it is deleted by a close that finds nothing wrong. */
  readonly serverLog: string | undefined;
  /** Registers a phone. Without a script it rings for 100 ms, answers and stays. A later one of the same number replaces it. */
  phone(number: string, script?: PhoneScript, options?: PhoneOptions): Phone;
  /** Places a call; resolves as soon as it rings, or was refused. */
  call(request: InboundCallRequest): Promise<PhoneCall>;
  /**
   * Records what a participant of a room hears and says, from now on: an agent, a browser, anybody. Nobody in the room sees
   * that, though the room stays open for as long as it lasts. The participant need not be there yet; a room that does not
   * exist comes to be.
   */
  listen(roomName: string, identity: string): Promise<Listening>;
  /**
   * Runs a Node program, such as an `@livekit/agents` worker, as a process of its own with this lab as its server:
   * `LIVEKIT_URL`, `LIVEKIT_API_KEY`, `LIVEKIT_API_SECRET`, `LIVEKIT_SIP_OUTBOUND_TRUNK` and `LIVEKIT_SIP_NUMBER` are
   * set, and `WORKER_PORT` to a free port for the worker's own health check. Resolves when it has registered; rejects with `worker-failed` and what it printed. The lab's close stops it.
   */
  startWorker(file: string, options?: LabWorkerOptions): Promise<LabWorker>;
  /**
   * Lets requests to LiveKit's API go wrong from now on, for everybody who uses this lab's address. The first fault that
   * hits a request counts. Remove it, or limit it by `times`.
   */
  fault(options: FaultOptions): Fault;
  /**
   * Holds what a participant (a phone or anybody who uses this lab's address) and the server say to each other by signaling,
   * until it is released; media flow on. Whoever joins under this identity meanwhile is held too.
   */
  pauseSignaling(whose: { readonly roomName: string; readonly identity: string }): SignalingPause;
  /**
   * Lets the packets of a participant go wrong: an agent, a browser, any client that joins through this lab's address from
   * now on. For a phone there are `line` and `call.line.network()`. Throws `misuse` when the participant has joined already.
   */
  network(whose: { readonly roomName: string; readonly identity: string }, faults: NetworkFaults): ParticipantNetwork;
  /**
   * Stops the server that the lab has started, by SIGKILL unless told otherwise: everybody loses the connection, rooms and
   * participants are gone. Resolves when the process has ended. Idempotent.
   */
  stopServer(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Kills the server if it runs, and starts it again on the same ports, with no room. Clients that still try come back. */
  restartServer(): Promise<void>;
  /** What is left at this moment; an empty list is good. */
  leftNothing(): Promise<readonly Leftover[]>;
  /**
   * Ends every call, stops the server and frees the ports. Rejects with `left-behind` or `script-failed` when
   * something was wrong, after all is torn down. A second call returns the same promise.
   */
  close(): Promise<void>;
}

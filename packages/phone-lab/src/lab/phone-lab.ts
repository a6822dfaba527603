import type { Listening } from '../ears/listening.js';
import type { Fault, FaultOptions } from '../faults/fault.js';
import type { SignalingPause } from '../front/signaling.js';
import type { NetworkFaults } from '../line/line-network.js';
import type { ParticipantNetwork } from '../line/participant-network.js';
import type { Phone, PhoneOptions } from '../phone/phone.js';
import type { PhoneCall, PhoneScript } from '../phone/phone-call.js';
import type { LabWorker, LabWorkerOptions } from '../worker/lab-worker.js';

/** A call that a phone places into a room, as a trunk and a dispatch rule would have routed it. */
export interface InboundCallRequest extends PhoneOptions {
  /** Number of the phone. */
  readonly from: string;
  /** Number that it dials: the trunk's. Default the lab's {@link PhoneLab.trunkNumber}. */
  readonly to?: string;
  /**
   * Room that the call goes to. Default the room that the inbound trunk of the dialed number and its dispatch rule say;
   * if nothing matches, the caller hears it ring, in no room and without an answer, or gets SIP 404 (`ended.how` is `rejected`):
   * see `unroutedCalls` of the lab.
   */
  readonly roomName?: string;
  /**
   * What the caller types when the dispatch rule asks for a PIN. If no rule has it, `ended.how` is `wrong-pin`. Default
   * nothing, which leads to a rule without a PIN if there is one.
   */
  readonly pin?: string;
  /**
   * User and password, for an inbound trunk that has some. Without them such a trunk refuses the call with SIP 407, with
   * wrong ones with 401 (`ended.how` is `rejected`).
   */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** Headers of the INVITE, which the trunk may turn into attributes. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly script?: PhoneScript;
  /** Default `sip_<from>`. */
  readonly identity?: string;
  readonly name?: string;
  readonly participantMetadata?: string;
  /** Further attributes of the participant. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Worker to dispatch into the room before the phone joins. Default none. */
  readonly agentName?: string;
  /** Given to the worker's job. */
  readonly metadata?: string;
  /** How long it rings until the caller gives up. Default never: the gateway drops it after 180 s, or as its trunk says. */
  readonly ringLimitMs?: number;
}

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

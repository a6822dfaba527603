import { setTimeout as delay } from 'node:timers/promises';
import { PhoneLabError } from '../phone-lab-error.js';
import { changesSound } from '../line/line-sound.js';
import { attributesOf, type Headers } from '../sip/header-attributes.js';
import type { PhoneCallEnd, CallStatus, PhoneCall } from '../phone/phone-call.js';
import { CallSteps } from '../script/call-steps.js';
import { outboundAttributes, type DialRequest } from '../sip/dial-request.js';
import { MovableLine } from '../line/movable-line.js';
import { isRefusedJoin, type PhoneLine } from '../line/phone-line.js';
import type { PhoneNetwork } from '../call/phone-network.js';
import { playRingingTone } from '../call/ringing-tone.js';
import { dialogAttributes, sipId } from '../sip/sip-ids.js';
import type { CallSetup } from '../call/call-setup.js';
import { SimulatedCall } from '../call/simulated-call.js';
import { SimulatedPhone } from './simulated-phone.js';

/** A dial that has joined its room. */
export interface Dial {
  readonly participantSid: string;
  readonly sipCallId: string;
  /** Resolves when the call is active, or with its end before that. */
  readonly outcome: Promise<'answered' | PhoneCallEnd>;
  /** The server waits no longer. */
  giveUp(): Promise<void>;
}

/** LiveKit's disconnect reasons. */
const DUPLICATE_IDENTITY = 2;
const CLIENT_INITIATED = 1;
const PARTICIPANT_REMOVED = 4;
const ROOM_DELETED = 5;
const USER_UNAVAILABLE = 11;

/** How long a line that was removed may take to notice it by itself. */
const thrownOutNoticeMs = 40;

/** How long the reason of a rejected join may take to arrive. */
const refusedNoticeMs = 1000;

/** Dials the simulated phones as LiveKit's SIP gateway does real ones, and remembers every call. */
export class SipGateway {
  readonly phones: Map<string, SimulatedPhone> = new Map();
  readonly calls: Set<SimulatedCall> = new Set();
  readonly network: PhoneNetwork;
  readonly #closing = new AbortController();

  constructor(network: PhoneNetwork) {
    this.network = network;
  }

  /** Aborted when the lab closes. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Calls whose phone is still on the line. */
  get liveCalls(): SimulatedCall[] {
    return [...this.calls].filter((call) => !call.ended);
  }

  /** Joins the room as the phone to be and lets it ring. Rejects when the room cannot be joined. */
  async dial(request: DialRequest): Promise<Dial> {
    const sipCallId = sipId('SCL');
    // No phone has this number: the network rejects the call before anything rings.
    const phone = this.phones.get(request.number) ?? new SimulatedPhone(request.number, unassigned, { vocabulary: {} });
    const call = this.open({
      direction: 'outbound',
      number: phone.number,
      callerId: request.fromNumber,
      voice: phone.voice,
      ownProcess: phone.ownProcess,
      speech: phone.speech,
      lineOptions: phone.line,
      vocabulary: phone.vocabulary,
      headers: request.headers,
      attributesToHeaders: request.attributesToHeaders,
      seat: {
        roomName: request.roomName,
        identity: request.identity,
        name: request.name,
        metadata: request.metadata,
        attributes: outboundAttributes(request, sipCallId),
      },
    });
    const steps = new CallSteps(call, this.network, (headers) => this.#connect(call, request, headers));
    phone.calls.push(steps);
    const participantSid = await this.join(call, 'dialing');
    this.#limit(call, request);
    if (request.playDialtone) void playRingingTone(call);
    call.run(() => phone.script(steps));
    return {
      participantSid,
      sipCallId,
      // An answer counts, however soon the phone hangs up after it.
      outcome: Promise.race([
        call.answered.then(() => 'answered' as const),
        call.gone.then((end) => (call.status.some(({ status }) => status === 'active') ? 'answered' : end)),
      ]),
      giveUp: async () => {
        if (isUnanswered(call)) await call.end({ how: 'no-answer', reason: USER_UNAVAILABLE });
      },
    };
  }

  open(setup: Omit<CallSetup, 'line' | 'route'>): SimulatedCall {
    const route = this.network.routes.add(setup.lineOptions);
    const newLine = (): PhoneLine => this.network.newLine(setup.ownProcess, route);
    const seat = { ...setup.seat, sendsWithoutPause: changesSound(setup.lineOptions) };
    const call = new SimulatedCall({ ...setup, seat, route, line: new MovableLine(newLine) });
    this.calls.add(call);
    void call.gone.then(() => this.network.routes.remove(route));
    return call;
  }

  /** The gateway has taken the answer: from now on the call ends when the phone sends no RTP for too long. */
  async watchMedia(call: SimulatedCall): Promise<void> {
    const { mediaTimeoutInitialMs: initialMs, mediaTimeoutMs: generalMs } = this.network.timing;
    await call.setup.route.watchMedia({ initialMs, generalMs });
    await call.setup.route.silent;
    // A dialed phone's status stays as it was; that of a phone that called in becomes `hangup`.
    await call.end({ how: 'media-timeout', reason: CLIENT_INITIATED }, call.setup.direction === 'inbound');
  }

  async join(call: SimulatedCall, first: CallStatus): Promise<string> {
    try {
      if (this.closing.aborted) throw new PhoneLabError('closed', 'the lab is closed');
      await call.join(first);
    } catch (error) {
      if (isRefusedJoin(error)) await this.#noticeWhy(call);
      // A participant that is removed at the moment of joining has joined: the call ends like any other.
      if (call.ended?.how === 'disconnected') return call.participantSid;
      await call.end({ how: 'join-failed', reason: 0 });
      call.run(() => undefined);
      throw error;
    }
    return call.participantSid;
  }

  /** The server is about to throw a participant out of a room, or everybody. */
  async beforeThrownOut(roomName: string, identity?: string): Promise<void> {
    await Promise.all(this.#callsOf(roomName, identity).map(({ setup }) => setup.line.unpublish()));
  }

  /** The server has thrown a participant out of a room, or everybody: their calls end, also if their lines do not notice. */
  thrownOut(roomName: string, identity?: string): void {
    const reason = identity === undefined ? ROOM_DELETED : PARTICIPANT_REMOVED;
    for (const call of this.#callsOf(roomName, identity)) {
      const noticeMs = call.participantSid === '' ? 0 : thrownOutNoticeMs;
      void call.after(noticeMs, () => call.end({ how: 'disconnected', reason }));
    }
  }

  /** The calls in a room, or those of one identity there. */
  #callsOf(roomName: string, identity: string | undefined): SimulatedCall[] {
    const inRoom = this.liveCalls.filter((call) => call.roomName === roomName);
    return identity === undefined ? inRoom : inRoom.filter(({ setup }) => setup.seat.identity === identity);
  }

  /** Ends every call, waits for the scripts that end with it, and closes the ways of all packets. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.calls].map((call) => call.end({ how: 'lab-closed', reason: 1 })));
    await this.network.routes.close();
  }

  /** A phone that is removed while it joins learns no reason: the reason comes from the removal; otherwise its identity is taken. */
  async #noticeWhy(call: SimulatedCall): Promise<void> {
    for (const deadline = Date.now() + refusedNoticeMs; Date.now() < deadline;) {
      await delay(thrownOutNoticeMs);
      if (call.ended) return;
      // A server that has ended has disconnected every participant.
      const there = await this.network.participants(call.roomName).catch(() => []);
      if (!there.some(({ identity }) => identity === call.setup.seat.identity)) continue;
      await call.end({ how: 'disconnected', reason: DUPLICATE_IDENTITY });
      return;
    }
  }

  /** Handles the answer of a phone as the gateway does. Its participant may have left when the keys were played. */
  async #connect(call: SimulatedCall, request: DialRequest, headers: Headers): Promise<void> {
    call.voice.quiet();
    void this.watchMedia(call);
    await call.setAttributes({ ...dialogAttributes('outbound'), ...attributesOf(headers, request.mapping) });
    if (request.dtmf !== '') {
      await call.playDialKeys(request.dtmf);
      if (!call.hasLine) return;
    }
    await call.setStatus('active');
    call.markAnswered();
    call.setup.line.listen();
  }

  #limit(call: SimulatedCall, request: DialRequest): void {
    void call.after(request.ringLimitMs, async () => {
      if (isUnanswered(call)) await call.end({ how: 'no-answer', reason: USER_UNAVAILABLE });
    });
    void call.after(this.network.timing.noResponseMs, async () => {
      if (call.current === 'dialing') await call.end({ how: 'no-response', reason: USER_UNAVAILABLE });
    });
    if (request.callLimitMs === undefined) return;
    void call.after(request.callLimitMs, async () => {
      if (isUnanswered(call)) await call.end({ how: 'no-answer', reason: USER_UNAVAILABLE });
      else await call.end({ how: 'time-limit', reason: CLIENT_INITIATED });
    });
  }
}

function isUnanswered({ current }: SimulatedCall): boolean {
  return current === 'dialing' || current === 'ringing';
}

async function unassigned(call: PhoneCall): Promise<void> {
  await call.reject(404);
}

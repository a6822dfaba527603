import { deferred, type Deferred } from '@org/support';
import type { CreateSipParticipantOptions } from 'livekit-server-sdk';
import type { SipApiParticipant } from '../api/sip-api.js';
import type { Clock } from '../clock.js';
import { parseDtmf } from '../options/parse-dtmf.js';
import { proxyPage, requestTimedOut, serverBroke, sipRejection, transportFailure } from './scripted-failures.js';
import type { ScriptedPhone } from './scripted-phone.js';
import type { ScriptedTransfer } from './scripted-transfer.js';
import type { ScriptedLeg, ScriptedRoom } from './scripted-room.js';

/** Disconnect reasons of a leg, by the numbers of LiveKit's `DisconnectReason`. */
const clientInitiated = 1;
const participantRemoved = 4;
const userUnavailable = 11;
/** After the leg was removed, the request takes this long to fail. */
const cancelMs = 18;
/** A client that is removed before its media is connected takes that for a failed join, and joins again. */
const rejoinMs = 15_000;
/** From the last key of the dial to the report that the phone hung up while they were playing. */
const noticeMs = 5;

export interface ScriptedCallParts {
  readonly clock: Clock;
  readonly room: ScriptedRoom;
  readonly phone: ScriptedPhone;
  readonly options: CreateSipParticipantOptions;
  readonly callId: string;
}

function requestFailure(request: Extract<ScriptedPhone['request'], object>): readonly [ms: number, Error] {
  if ('lostAfterMs' in request) return [request.lostAfterMs, transportFailure('UND_ERR_SOCKET')];
  if ('proxyAfterMs' in request) return [request.proxyAfterMs, proxyPage(request.httpStatus)];
  return [request.failsAfterMs, serverBroke()];
}

/** One call to a scripted phone, simulating server and gateway. */
export class ScriptedCall {
  readonly response: Promise<SipApiParticipant>;
  readonly identity: string;
  readonly roomName: string;
  /** Whether the phone rings or is on the line. */
  live = true;
  #answered = false;
  /** Whether the keys of the dial are playing; until the last one, the gateway handles nothing else. */
  #pressing = false;
  #hungUp = false;
  readonly #startedAt: number;
  readonly #parts: ScriptedCallParts;
  readonly #leg: ScriptedLeg;
  readonly #response: Deferred<SipApiParticipant> = deferred();

  constructor(parts: ScriptedCallParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
    const { options, callId, phone } = parts;
    this.roomName = parts.room.name;
    this.identity = options.participantIdentity ?? 'sip-participant';
    const attributes = { ...options.participantAttributes, 'sip.callID': callId, 'sip.callStatus': 'dialing' };
    this.#leg = { identity: this.identity, attributes, state: 1 };
    this.response = this.#response.promise;
    if (phone.request === 'unreachable') {
      this.live = false;
      this.#response.reject(transportFailure('ECONNREFUSED'));
      return;
    }
    if (typeof phone.request === 'object') {
      const [ms, error] = requestFailure(phone.request);
      parts.clock.after(ms, () => this.#response.reject(error));
      this.live = !('onItsWay' in phone.request && phone.request.onItsWay);
      if (!this.live) return;
    }
    this.#schedule();
  }

  /** The phone's behavior when it is cold-transferred. */
  get onRefer(): ScriptedTransfer | undefined {
    const { phone } = this.#parts;
    return phone.does === 'answer' ? phone.onRefer : undefined;
  }

  /** Removes the leg from its room, as another client. Returns whether it was there. */
  remove(): boolean {
    const { room, clock } = this.#parts;
    if (!room.remoteParticipants.has(this.identity)) return false;
    if (this.#leg.state === 1) {
      room.leave(this.#leg, participantRemoved);
      clock.after(rejoinMs, () => this.#join());
      return true;
    }
    if (this.#pressing) {
      room.leave(this.#leg, participantRemoved);
      return true;
    }
    this.#end(participantRemoved, requestTimedOut(), cancelMs);
    return true;
  }

  /** Hangs up as the phone, which the gateway notices after the last key of the dial. */
  hangUp(): void {
    if (!this.live || !this.#answered) return;
    this.#hungUp = true;
    if (this.#pressing) return;
    this.#setStatus('hangup');
    this.#end(clientInitiated);
  }

  #schedule(): void {
    const { phone } = this.#parts;
    this.#after(phone.joinsAfterMs ?? 30, () => this.#join());
  }

  #join(): void {
    const { room, phone } = this.#parts;
    delete this.#leg.disconnectReason;
    room.join(this.#leg);
    this.#after(phone.connectsInMs ?? 3, () => {
      if (room.remoteParticipants.has(this.identity)) this.#dial();
    });
  }

  #dial(): void {
    const { phone, options, clock } = this.#parts;
    this.#leg.state = 2;
    if (options.waitUntilAnswered !== true) this.#succeed();
    this.#after((options.ringingTimeout ?? 180) * 1000, () => {
      if (!this.#answered) this.#end(userUnavailable, requestTimedOut());
    });
    const since = clock.now() - this.#startedAt;
    const isSilent = phone.does === 'reject' && phone.rings === false;
    const rings = isSilent ? 0 : Math.max((phone.ringsAfterMs ?? 35) - since, 0);
    if (phone.does === 'nothing') return;
    if (!isSilent) this.#after(rings, () => this.#setStatus('ringing'));
    if (phone.does === 'reject') {
      this.#after(Math.max(phone.afterMs - since, rings), () => {
        const { error, disconnectReason } = sipRejection(phone.sipStatusCode);
        this.#end(disconnectReason, error);
      });
    }
    if (phone.does === 'answer')
      this.#after(Math.max(phone.afterMs - since, rings), () => this.#answer(phone.hangsUpAfterMs));
  }

  #answer(hangsUpAfterMs: number | undefined): void {
    this.#answered = true;
    const keysMs = parseDtmf(this.#parts.options.dtmf ?? '').durationMs;
    this.#pressing = keysMs > 0;
    if (this.#pressing) this.#setStatus('automation');
    this.#after(keysMs, () => this.#getReady());
    if (hangsUpAfterMs !== undefined) this.#after(hangsUpAfterMs, () => this.hangUp());
  }

  /** Lets the dial succeed after the last key, even if the leg is gone or the phone hung up. */
  #getReady(): void {
    this.#pressing = false;
    this.#succeed();
    if (!this.#parts.room.remoteParticipants.has(this.identity)) {
      this.live = false;
      return;
    }
    this.#setStatus('active');
    if (this.#hungUp) this.#after(noticeMs, () => this.hangUp());
  }

  #setStatus(status: string): void {
    this.#parts.room.setAttributes(this.#leg, { 'sip.callStatus': status });
  }

  #succeed(): void {
    const { callId } = this.#parts;
    this.#respond(() =>
      this.#response.resolve({ participantId: 'PA_scripted', participantIdentity: this.identity, sipCallId: callId }),
    );
  }

  #end(disconnectReason: number, error: Error = requestTimedOut(), delayMs = 0): void {
    this.live = false;
    this.#parts.room.leave(this.#leg, disconnectReason);
    this.#respond(() => this.#response.reject(error), delayMs);
  }

  #respond(answer: () => void, delayMs = 0): void {
    const { clock, phone } = this.#parts;
    if (phone.request !== 'hangs') clock.after(delayMs + (phone.responseMs ?? 2), answer);
  }

  #after(ms: number, step: () => void): void {
    this.#parts.clock.after(ms, () => {
      if (this.live) step();
    });
  }
}

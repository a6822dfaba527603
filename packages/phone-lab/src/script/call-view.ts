import type { SimulatedCall } from '../call/simulated-call.js';
import type { Ear } from '../ears/ear.js';
import type { PhoneCallEnd, LateAnswer, PhoneCall, ReceivedKey, StatusChange } from '../phone/phone-call.js';
import type { Refer } from '../phone/refer.js';
import type { Headers } from '../sip/header-attributes.js';

/** The state of a call as its script and the test see it. */
export class CallView {
  readonly #call: SimulatedCall;

  constructor(call: SimulatedCall) {
    this.#call = call;
  }

  get placedAt(): number {
    return this.#call.placedAt;
  }
  get direction(): PhoneCall['direction'] {
    return this.#call.setup.direction;
  }
  get number(): string {
    return this.#call.setup.number;
  }
  get callerId(): string {
    return this.#call.setup.callerId;
  }
  get roomName(): string {
    return this.#call.roomName;
  }
  get identity(): string {
    return this.#call.setup.seat.identity;
  }
  get headers(): Headers {
    return this.#call.setup.headers;
  }
  get attributes(): Readonly<Record<string, string>> {
    return this.#call.attributes;
  }
  get status(): readonly StatusChange[] {
    return this.#call.status;
  }
  get keys(): readonly ReceivedKey[] {
    return this.#call.keys;
  }
  /** Resolves when the phone that calls in was answered, which is before the call is active. */
  get answered(): Promise<void> {
    return this.#call.answered;
  }
  get refers(): readonly Refer[] {
    return this.#call.refers;
  }
  get lateAnswer(): LateAnswer | undefined {
    return this.#call.lateAnswer;
  }
  get ear(): Ear {
    return this.#call.ear;
  }
  get ended(): PhoneCallEnd | undefined {
    return this.#call.ended;
  }
  get signal(): AbortSignal {
    return this.#call.signal;
  }
  get finished(): Promise<PhoneCallEnd> {
    return this.#call.finished;
  }
}

import { deferred } from '@org/support';
import type { Dialer, DialOptions } from '../dial/dialer.js';
import { type DtmfResult, planKeys, requireJoinedRoom, type SendDtmfOptions } from '../call/dtmf-sender.js';
import type { SipCallEnd, SipCall } from '../call/sip-call.js';
import { dialOptions } from '../options/dial-request-shape.js';
import { validate } from '../options/validate.js';
import type { DialFailed, DialFailureStatus, DialOutcome } from '../outcome/dial-outcome.js';
import type { DialRequest } from '../request/dial-request.js';
import { planDial } from '../request/plan-dial.js';
import { type CallTransferOptions, planCallTransfer } from '../cold-transfer/cold-transfer-request.js';
import type { ColdTransferResult } from '../cold-transfer/cold-transfer-result.js';

/** The script of the next dial: its outcome, after how many milliseconds (default 0). */
export type ScriptedDial =
  | { readonly status: 'answered'; readonly afterMs?: number }
  | ({ readonly status: DialFailureStatus; readonly afterMs?: number } & Partial<DialFailed>)
  /** Rings until `signal` aborts. */
  | { readonly status: 'ringing' };

/** A call of a scripted dialer; `end` plays the callee. */
export class ScriptedSipCall implements SipCall {
  readonly identity: string;
  readonly roomName: string;
  readonly callId: string | undefined;
  readonly ended: Promise<SipCallEnd>;
  /** The keys sent by `sendDtmf()`, in the gateway's form. */
  readonly keys: string[] = [];
  /** The target of `coldTransfer()`. */
  readonly transfers: string[] = [];
  readonly #watch: DialRequest['watch'];
  #over = false;
  /** Ends the call as the callee or the server would. Later ends have no effect. */
  readonly end: (how: Omit<SipCallEnd, 'at'>) => void;

  constructor(request: DialRequest, callId: string) {
    this.identity = request.participantIdentity;
    this.roomName = request.roomName;
    this.callId = callId;
    this.#watch = request.watch;
    const ended = deferred<SipCallEnd>();
    this.ended = ended.promise;
    this.end = (how) => {
      this.#over = true;
      ended.resolve({ ...how, at: Date.now() });
    };
  }

  hangUp(): Promise<void> {
    this.end({ by: 'us', disconnectReason: 'PARTICIPANT_REMOVED' });
    return Promise.resolve();
  }

  /** Validates as `SipCall.sendDtmf()` does, and takes no time. */
  async sendDtmf(keys: string, options: SendDtmfOptions = {}): Promise<DtmfResult> {
    const plan = planKeys(keys, options);
    const { signal } = options;
    void requireJoinedRoom(this.#watch);
    if (this.#over) return { status: 'call-ended', pressed: 0 };
    if (signal?.aborted === true) return { status: 'canceled', pressed: 0 };
    const pressed = Array.from(plan.keys).filter((key) => key !== 'w');
    this.keys.push(...pressed);
    return { status: 'sent', pressed: pressed.length };
  }

  /** Validates as `SipCall.coldTransfer()` does; the phone leaves, which ends the call. */
  async coldTransfer(to: string, options: CallTransferOptions = {}): Promise<ColdTransferResult> {
    const plan = planCallTransfer(this, to, options);
    const { signal } = options;
    if (signal?.aborted === true) return { status: 'canceled', sent: false, cause: signal.reason };
    this.transfers.push(plan.to);
    this.end({ by: 'phone', disconnectReason: 'CLIENT_INITIATED' });
    return { status: 'transferred' };
  }

  close(): Promise<void> {
    return this.hangUp();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * A dialer without a server, for tests of code that uses a dialer. Each dial follows the next script; without one, it is
 * answered. Requests are validated as by `SipDialer`, progress is reported, and `signal` cancels.
 */
export class ScriptedDialer implements Dialer {
  readonly requests: DialRequest[] = [];
  readonly calls: ScriptedSipCall[] = [];
  readonly #dials: ScriptedDial[];

  constructor(dials: readonly ScriptedDial[] = []) {
    this.#dials = [...dials];
  }

  async dial(request: DialRequest, options: DialOptions = {}): Promise<DialOutcome> {
    const { dialedNumber } = planDial(request);
    validate(dialOptions, options, 'options');
    const { signal, onProgress } = options;
    const dialed = dialedNumber !== undefined && { dialedNumber };
    const requestedAt = Date.now();
    const canceled = (): DialOutcome => ({
      status: 'canceled',
      retryable: false,
      timings: { requestedAt, endedAt: Date.now() },
      cause: signal?.reason,
      ...dialed,
    });
    if (signal?.aborted === true) return canceled();
    this.requests.push(request);
    onProgress?.({ status: 'dialing', at: requestedAt });
    onProgress?.({ status: 'ringing', at: requestedAt });

    const dial = this.#dials.shift() ?? { status: 'answered' };
    if (!(await passes(dial.status === 'ringing' ? Infinity : (dial.afterMs ?? 0), signal))) return canceled();
    if (dial.status === 'ringing') return canceled();
    const timings = { requestedAt, dialingAt: requestedAt, ringingAt: requestedAt };
    if (dial.status !== 'answered') {
      const { afterMs: _, ...failure } = dial;
      return { retryable: false, timings: { ...timings, endedAt: Date.now() }, ...failure, ...dialed };
    }
    const call = new ScriptedSipCall(request, `SCL_${this.requests.length}`);
    this.calls.push(call);
    onProgress?.({ status: 'answered', at: Date.now() });
    return { status: 'answered', call, timings: { ...timings, answeredAt: Date.now() }, ...dialed };
  }
}

/** Waits. Resolves with false if `signal` aborts first. */
function passes(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = ms === Infinity ? undefined : setTimeout(() => done(true), ms);
    const abort = (): void => done(false);
    const done = (passed: boolean): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(passed);
    };
    signal?.addEventListener('abort', abort, { once: true });
  });
}

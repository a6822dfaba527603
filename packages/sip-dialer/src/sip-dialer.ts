import { type Clients, connectClients, type SipDialerOptions } from './api/connect-clients.js';
import { type Clock, systemClock } from './clock.js';
import { DialAttempt } from './dial/dial-attempt.js';
import type { Dialer, DialOptions } from './dial/dialer.js';
import { coldTransferOptions } from './options/cold-transfer-shape.js';
import { dialOptions } from './options/dial-request-shape.js';
import { requireThat, validate } from './options/validate.js';
import type { DialOutcome, DialProgress } from './outcome/dial-outcome.js';
import type { DialRequest } from './request/dial-request.js';
import { type DialPlan, planDial } from './request/plan-dial.js';
import { SipDialerError } from './sip-dialer-error.js';
import { coldTransfer } from './cold-transfer/cold-transfer.js';
import {
  type ColdTransferOptions,
  type ColdTransferRequest,
  planColdTransfer,
} from './cold-transfer/cold-transfer-request.js';
import type { ColdTransferResult } from './cold-transfer/cold-transfer-result.js';

/** Calls phones into LiveKit rooms through the server's SIP service. One instance serves any number of calls at once. */
export class SipDialer implements Dialer {
  readonly #clients: Clients;
  readonly #clock: Clock;

  /** Throws a `SipDialerError` for options that cannot work. `clock` is for tests. */
  constructor(options: SipDialerOptions, clock: Clock = systemClock) {
    this.#clients = connectClients(options);
    this.#clock = clock;
  }

  /**
   * What `dial()` would refuse, found without dialing; and what it would dial.
   *
   * @throws SipDialerError `missing-option`, `invalid-option`, `conflicting-options`
   */
  check(request: DialRequest): { readonly number: string } {
    const { number } = planDial(request);
    return { number };
  }

  /**
   * Dials once and resolves when the call is answered or is over; then nothing rings, and the leg is out of its room.
   * An answered call is the caller's to hang up. Rejects only with a `SipDialerError` for a request that cannot be
   * honored, before anything is dialed.
   */
  async dial(request: DialRequest, options: DialOptions = {}): Promise<DialOutcome> {
    const plan = planDial(request);
    validate(dialOptions, options, 'options');
    refuseTakenIdentity(request);
    warnAboutCallerId(plan);
    const attempt = new DialAttempt({
      clients: this.#clients,
      clock: this.#clock,
      plan,
      watch: request.watch,
      signal: options.signal,
      onProgress: (progress) => report(progress, options.onProgress),
    });
    return attempt.outcome;
  }

  /**
   * Asks a phone in a room to leave it and call somebody else (SIP REFER), without anybody staying with it: one that we
   * dialed or one that called in. Looks whether it was answered, sends one request, and resolves with what came of it, at
   * the latest 13 s after the ring limit in whole seconds. Phones and trunks are free to refuse; then nothing is lost, the call goes on. Rejects only with a
   * `SipDialerError` for a request that cannot be honored, before anything is sent.
   */
  async coldTransfer(request: ColdTransferRequest, options: ColdTransferOptions = {}): Promise<ColdTransferResult> {
    const plan = planColdTransfer(request);
    validate(coldTransferOptions, options, 'options');
    return coldTransfer(this.#clients, this.#clock, plan, options.signal);
  }
}

/** The second participant of one identity throws out the first. */
function refuseTakenIdentity({ watch, participantIdentity }: DialRequest): void {
  const isTaken =
    watch !== undefined && !(watch instanceof Promise) && watch.remoteParticipants.has(participantIdentity);
  requireThat(!isTaken, 'participantIdentity', 'new: a participant of the room has it');
}

function report(progress: DialProgress, handler: DialOptions['onProgress']): void {
  try {
    handler?.(progress);
  } catch (cause) {
    process.emitWarning(new SipDialerError('handler-failed', 'onProgress threw; the call goes on', { cause }));
  }
}

let warned = false;

/** A stored trunk has numbers of its own to call from, an inline connection has none. */
function warnAboutCallerId({ trunk, callerId }: DialPlan): void {
  if (warned || trunk.connection === undefined || callerId !== undefined) return;
  warned = true;
  process.emitWarning('an inline connection without callerId: most servers and trunks refuse such a call', {
    code: 'SIP_DIALER_NO_CALLER_ID',
  });
}

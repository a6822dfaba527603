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

/** Calls phones into LiveKit rooms through the server's SIP service. One instance can place any number of calls concurrently. */
export class SipDialer implements Dialer {
  readonly #clients: Clients;
  readonly #clock: Clock;

  /**
   * Creates the clients, unless they are given. `clock` is for tests.
   *
   * @throws SipDialerError `missing-option`, `invalid-option`
   */
  constructor(options: SipDialerOptions, clock: Clock = systemClock) {
    this.#clients = connectClients(options);
    this.#clock = clock;
  }

  /**
   * Validates a request without dialing, and returns the number that `dial()` would dial.
   *
   * @throws SipDialerError `missing-option`, `invalid-option`, `conflicting-options`
   */
  check(request: DialRequest): { readonly number: string } {
    const { number } = planDial(request);
    return { number };
  }

  /**
   * Dials once, and resolves when the call is answered, or when no phone rings and the leg has left its room. The
   * application must hang up an answered call.
   *
   * @throws SipDialerError before anything is dialed, for a request that cannot be honored
   */
  async dial(request: DialRequest, options: DialOptions = {}): Promise<DialOutcome> {
    const plan = planDial(request);
    validate(dialOptions, options, 'options');
    rejectTakenIdentity(request);
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
   * Cold-transfers a phone in a room, whether it was dialed or called in: asks it to leave and call a target itself (SIP
   * REFER). Checks that the phone has answered, sends one request, and resolves with its result, at the latest 13 s after
   * the ringing timeout in whole seconds. Phones and trunks may reject a transfer; then the call continues.
   *
   * @throws SipDialerError before anything is sent, for a request that cannot be honored
   */
  async coldTransfer(request: ColdTransferRequest, options: ColdTransferOptions = {}): Promise<ColdTransferResult> {
    const plan = planColdTransfer(request);
    validate(coldTransferOptions, options, 'options');
    return coldTransfer(this.#clients, this.#clock, plan, options.signal);
  }
}

/** A second participant with the same identity disconnects the first. */
function rejectTakenIdentity({ watch, participantIdentity }: DialRequest): void {
  const isTaken =
    watch !== undefined && !(watch instanceof Promise) && watch.remoteParticipants.has(participantIdentity);
  requireThat(!isTaken, 'participantIdentity', 'new: a participant of the room has it');
}

function report(progress: DialProgress, handler: DialOptions['onProgress']): void {
  try {
    handler?.(progress);
  } catch (cause) {
    process.emitWarning(new SipDialerError('handler-failed', 'onProgress threw; the call continues', { cause }));
  }
}

let warned = false;

/** A stored trunk has caller numbers of its own, an inline connection has none. */
function warnAboutCallerId({ trunk, callerId }: DialPlan): void {
  if (warned || trunk.connection === undefined || callerId !== undefined) return;
  warned = true;
  process.emitWarning('an inline connection without callerId: most servers and trunks reject such a call', {
    code: 'SIP_DIALER_NO_CALLER_ID',
  });
}

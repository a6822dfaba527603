import type { DialFailed, DialRequest, SipDialer } from '@org/sip-dialer';
import type { DialerPort, DialReport } from '../runtime/ports.js';

/** One dial, reported in the terms of a transfer. */
export class DialerAdapter implements DialerPort {
  readonly #dialer: SipDialer;
  readonly #request: () => DialRequest;
  readonly #fallbackOn: readonly number[];

  /**
   * `request` is called when the call is placed, so that it can name a room that exists only then. `fallbackOn`: the
   * SIP statuses by which a network may reject the caller ID.
   */
  constructor(dialer: SipDialer, request: () => DialRequest, fallbackOn: readonly number[]) {
    this.#dialer = dialer;
    this.#request = request;
    this.#fallbackOn = fallbackOn;
  }

  async dial({
    signal,
    onRinging,
  }: {
    readonly signal: AbortSignal;
    readonly onRinging: () => void;
  }): Promise<DialReport> {
    let answered = false;
    const stop = new AbortController();
    let courtesy: NodeJS.Timeout | undefined;
    const abort = (): void => {
      // A human agent who has just answered hears the reason of the hang-up, which needs the call.
      if (answered) courtesy = setTimeout(() => stop.abort(signal.reason), ANSWER_REPORT_GRACE_MS);
      else stop.abort(signal.reason);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const outcome = await this.#dialer.dial(this.#request(), {
        signal: stop.signal,
        onProgress: ({ status }) => {
          if (status === 'ringing') onRinging();
          if (status === 'answered') answered = true;
        },
      });
      return outcome.status === 'answered'
        ? { type: 'answered', humanIdentity: outcome.call.identity }
        : toReport(outcome, this.#fallbackOn);
    } finally {
      signal.removeEventListener('abort', abort);
      clearTimeout(courtesy);
    }
  }
}

/** How long the server may take to report an answer that was observed. */
const ANSWER_REPORT_GRACE_MS = 2_000;

function toReport(outcome: DialFailed, fallbackOn: readonly number[]): DialReport {
  const { sipStatusCode, sipStatus, cause, beforeRinging = false } = outcome;
  const isCallerId = beforeRinging && sipStatusCode !== undefined && fallbackOn.includes(sipStatusCode);
  const verdict = isCallerId ? { callerIdRefused: true as const } : {};
  const facts = {
    ...(sipStatusCode === undefined ? {} : { sipStatusCode }),
    ...(sipStatus === undefined ? {} : { sipStatus }),
  };
  const ended = (status: Extract<DialReport, { type: 'ended' }>['ending']['status']): DialReport => ({
    type: 'ended',
    ending: { kind: 'ending', status, ...facts, ...(cause === undefined ? {} : { cause }) },
    ...verdict,
  });
  switch (outcome.status) {
    case 'busy':
    case 'no-answer':
    case 'unreachable':
    case 'invalid-number':
    case 'trunk-rejected':
      return ended(outcome.status);
    // A phone that responds with 603 has rejected the call; `declined` is the decision of a human agent in a briefing.
    case 'declined':
      return ended('rejected');
    case 'canceled':
      return { type: 'canceled' };
    case 'failed':
      return {
        type: 'failed',
        cause: cause ?? new Error(`the dial failed (SIP ${sipStatusCode ?? 'status unknown'})`),
        ...facts,
        ...verdict,
      };
  }
}

import type { Dialer, DialOptions } from './dialer.js';
import type { SipCallEnd, SipCall } from '../call/sip-call.js';
import { dialOptions } from '../options/dial-request-shape.js';
import { validate } from '../options/validate.js';
import type { DialFailed, DialOutcome, DialProgress } from '../outcome/dial-outcome.js';
import type { DialRequest } from '../request/dial-request.js';
import { ReplayableEvents } from './replayable-events.js';

/** A step of a call, from the first sign of the leg to its end; `at` is in milliseconds since the epoch. */
export type DialStep =
  | { readonly status: 'dialing' | 'ringing'; readonly at: number }
  | { readonly status: 'answered'; readonly at: number; readonly call: SipCall }
  /** The last step: either the call was not answered (`failed`), or it has ended (`end`). */
  | { readonly status: 'ended'; readonly at: number; readonly failed: DialFailed }
  | { readonly status: 'ended'; readonly at: number; readonly end: SipCallEnd };

/** A dial whose steps can be iterated, from the first to the end of the call. */
export interface ObservedDial extends AsyncIterable<DialStep> {
  /** The outcome, as `dial()` returns it. */
  readonly outcome: Promise<DialOutcome>;
}

/**
 * Dials immediately, and returns the steps to iterate: `dialing`, `ringing`, `answered` and `ended`, as far as they
 * happen, in this order; `ended` always happens. Any number of loops may iterate, also later, each from the first step.
 * Leaving a loop neither cancels nor hangs up: use `signal` or the call. If the request cannot be honored, `outcome`
 * and every loop throw.
 */
export function observeDial(dialer: Dialer, request: DialRequest, options: DialOptions = {}): ObservedDial {
  const steps = new ReplayableEvents<DialStep>();
  const onProgress = (progress: DialProgress): void => {
    const { status, at } = progress;
    if (status !== 'answered') steps.add({ status, at });
    options.onProgress?.(progress);
  };
  const dial = async (): Promise<DialOutcome> => {
    validate(dialOptions, options, 'options');
    return dialer.dial(request, { ...options, onProgress });
  };
  const outcome = dial();
  void conclude(outcome, steps);
  return { outcome, [Symbol.asyncIterator]: () => steps[Symbol.asyncIterator]() };
}

async function conclude(outcome: Promise<DialOutcome>, steps: ReplayableEvents<DialStep>): Promise<void> {
  try {
    const known = await outcome;
    if (known.status === 'answered') {
      const { call, timings } = known;
      steps.add({ status: 'answered', at: timings.answeredAt ?? timings.requestedAt, call });
      const end = await call.ended;
      steps.add({ status: 'ended', at: end.at, end });
    } else {
      const { endedAt, requestedAt } = known.timings;
      steps.add({ status: 'ended', at: endedAt ?? requestedAt, failed: known });
    }
    steps.close();
  } catch (error) {
    steps.close({ error });
  }
}

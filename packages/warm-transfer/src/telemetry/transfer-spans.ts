import type { Attributes, Context, Span } from '@opentelemetry/api';
import type { AttemptState } from '../machine/attempt/attempt-state.js';
import type { TransferState } from '../machine/state/state.js';
import type { TransferOutcome } from '../outcome/outcome.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';
import type { TelemetryApi } from './load-opentelemetry.js';
import { PhaseSpans } from './phase-spans.js';

/** Spans of one transfer: one for the whole, one for each attempt, and one for each phase of either. */
export class TransferSpans {
  readonly #api: TelemetryApi;
  readonly #findTarget: (key: string) => TransferTarget;
  readonly #whole: Span;
  readonly #context: Context;
  readonly #phases: PhaseSpans;
  readonly #attempts: Map<string, { readonly span: Span; readonly phases: PhaseSpans }> = new Map();

  /** Starts below the active span, if any. */
  constructor(api: TelemetryApi, transferId: string, at: number, findTarget: (key: string) => TransferTarget) {
    this.#api = api;
    this.#findTarget = findTarget;
    const parent = api.context.active();
    this.#whole = this.#start('warm_transfer', { 'warm_transfer.id': transferId }, at, parent);
    this.#context = api.trace.setSpan(parent, this.#whole);
    this.#phases = new PhaseSpans((phase, since) => this.#start(`warm_transfer.${phase}`, {}, since, this.#context));
  }

  /** Updates the spans; the last state ends them. */
  onState(state: TransferState, at: number): void {
    this.#phases.enter(state.phase, at);
    const attempts = 'attempts' in state ? state.attempts : {};
    for (const [attemptId, attempt] of Object.entries(attempts)) this.#onAttempt(attemptId, attempt, at);
    for (const [attemptId, { span, phases }] of this.#attempts) {
      if (attempts[attemptId] !== undefined) continue;
      phases.end(at);
      span.end(at);
      this.#attempts.delete(attemptId);
    }
    if (state.phase !== 'ended') return;
    if (state.over.kind === 'call-end') this.#whole.setAttribute('warm_transfer.ended_by', state.over.by);
    this.#phases.end(at);
    this.#whole.end(at);
  }

  settled(outcome: TransferOutcome): void {
    const { status } = outcome;
    this.#whole.setAttribute('warm_transfer.status', status);
    if ('sipStatusCode' in outcome && outcome.sipStatusCode !== undefined) {
      this.#whole.setAttribute('warm_transfer.sip_status_code', outcome.sipStatusCode);
    }
    if (status === 'failed' || status === 'merge-failed') {
      this.#whole.setStatus({ code: this.#api.SpanStatusCode.ERROR });
    }
  }

  #onAttempt(attemptId: string, attempt: AttemptState, at: number): void {
    const { span, phases } = this.#attempts.get(attemptId) ?? this.#startAttempt(attemptId, attempt, at);
    phases.enter(attempt.phase === 'dialing' && attempt.ringing ? 'ringing' : attempt.phase, at);
    if ('humanIdentity' in attempt) span.setAttribute('lk.pii.participant_identity', attempt.humanIdentity);
    if (attempt.phase === 'merged') span.setAttribute('warm_transfer.connected', true);
    if (!('ending' in attempt)) return;
    const { ending } = attempt;
    span.setAttribute('warm_transfer.status', ending.status);
    if ('sipStatusCode' in ending && ending.sipStatusCode !== undefined) {
      span.setAttribute('warm_transfer.sip_status_code', ending.sipStatusCode);
    }
  }

  #startAttempt(
    attemptId: string,
    { target }: AttemptState,
    at: number,
  ): { readonly span: Span; readonly phases: PhaseSpans } {
    const { sipCallTo } = this.#findTarget(target);
    const attributes = { 'warm_transfer.attempt_id': attemptId, 'lk.pii.sip_call_to': sipCallTo };
    const span = this.#start('warm_transfer.attempt', attributes, at, this.#context);
    const within = this.#api.trace.setSpan(this.#context, span);
    const phases = new PhaseSpans((phase, since) => this.#start(`warm_transfer.attempt.${phase}`, {}, since, within));
    const attempt = { span, phases };
    this.#attempts.set(attemptId, attempt);
    return attempt;
  }

  #start(name: string, attributes: Attributes, startTime: number, parent: Context): Span {
    return this.#api.trace.getTracer('@org/warm-transfer').startSpan(name, { attributes, startTime }, parent);
  }
}

import type { Span } from '@opentelemetry/api';

/** Spans of successive phases: each ends the one before. */
export class PhaseSpans {
  readonly #start: (phase: string, at: number) => Span;
  #current: { readonly phase: string; readonly span: Span } | undefined;

  constructor(start: (phase: string, at: number) => Span) {
    this.#start = start;
  }

  enter(phase: string, at: number): void {
    if (phase === this.#current?.phase) return;
    this.end(at);
    // The last phase has no duration.
    if (phase !== 'ended' && phase !== 'closed') this.#current = { phase, span: this.#start(phase, at) };
  }

  end(at: number): void {
    this.#current?.span.end(at);
    this.#current = undefined;
  }
}

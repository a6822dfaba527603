import type { BriefingTimings, TranscriptTurn } from '../decision/briefing-result.js';

/** Collects the turns of a consult and the timings of its briefing. */
export class ConsultTranscript {
  readonly #turns: TranscriptTurn[] = [];
  #answeredAt: number | undefined;
  #firstWordMs: number | undefined;
  #firstHeardMs: number | undefined;

  onAnswered(): void {
    this.#answeredAt = Date.now();
  }

  onFirstWord(): void {
    this.#firstWordMs ??= this.#sinceAnswer();
  }

  add(speaker: TranscriptTurn['speaker'], text: string): void {
    if (text.trim() === '') return;
    this.#turns.push({ speaker, text });
    if (speaker === 'human') this.#firstHeardMs ??= this.#sinceAnswer();
  }

  turns(): readonly TranscriptTurn[] {
    return [...this.#turns];
  }

  /** Returns the timings of a briefing that is decided now. */
  timings(): BriefingTimings {
    const times = {
      answeredAt: this.#answeredAt,
      firstWordMs: this.#firstWordMs,
      firstHeardMs: this.#firstHeardMs,
      decidedMs: this.#sinceAnswer(),
    };
    return Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined));
  }

  #sinceAnswer(): number | undefined {
    return this.#answeredAt === undefined ? undefined : Date.now() - this.#answeredAt;
  }
}

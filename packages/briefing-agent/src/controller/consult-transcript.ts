import type { BriefingTimings, ConsultLine } from '../decision/briefing-result.js';

/** Takes down what is said in the consult, and when. */
export class ConsultRecord {
  readonly #lines: ConsultLine[] = [];
  #answeredAt: number | undefined;
  #firstWordMs: number | undefined;
  #firstHeardMs: number | undefined;

  answered(): void {
    this.#answeredAt = Date.now();
  }

  firstWord(): void {
    this.#firstWordMs ??= this.#sinceAnswer();
  }

  add(speaker: ConsultLine['speaker'], text: string): void {
    if (text.trim() === '') return;
    this.#lines.push({ speaker, text });
    if (speaker === 'human') this.#firstHeardMs ??= this.#sinceAnswer();
  }

  transcript(): readonly ConsultLine[] {
    return [...this.#lines];
  }

  /** The timings of a briefing that is decided now. */
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

/** The pace of people, for a voice that has not reported any. In milliseconds per character. */
const USUAL_PACE_MS = 60;

/** Measures how much of the agent's utterance has been heard, by the pace of its voice. Times are milliseconds of any clock. */
export class HeardSoFar {
  #characters = 0;
  #audioMs = 0;
  #speakingSince: number | undefined;
  #heardMs = 0;

  /** Notes how much audio the voice made from a number of characters. */
  voiced(characters: number, audioMs: number): void {
    this.#characters += characters;
    this.#audioMs += audioMs;
  }

  /** Notes that the agent begins to sound, or falls silent. */
  speaking(now: boolean, at: number): void {
    this.#count(at);
    this.#speakingSince = now ? at : undefined;
  }

  /** Ends an utterance. Returns its words as far as they were begun. */
  end(text: string, at: number): string {
    this.#count(at);
    const paceMs = this.#audioMs * this.#characters === 0 ? USUAL_PACE_MS : this.#audioMs / this.#characters;
    const characters = this.#heardMs / paceMs;
    this.#heardMs = 0;
    const begun = text.slice(0, characters);
    return begun + (/\S$/.test(begun) ? (/^\S*/.exec(text.slice(begun.length))?.[0] ?? '') : '');
  }

  #count(at: number): void {
    if (this.#speakingSince === undefined) return;
    this.#heardMs += at - this.#speakingSince;
    this.#speakingSince = at;
  }
}

import type { HoldAudio } from '@org/hold-audio';
import type { TransferPhaseEvent, TransferWaitEvent } from '../outcome/transfer-phase.js';
import { type HoldText, toldPhases, type HoldTexts } from '../options/hold-announcements.js';

/** Tells a caller on hold of the phases that there are words for; newer words cut older ones off. */
export class TellPhases {
  readonly #texts: HoldTexts;
  readonly #hold: Pick<HoldAudio, 'announce' | 'state'>;
  readonly #note: (cause: unknown) => void;
  #telling: AbortController | undefined;

  constructor(texts: HoldTexts, hold: Pick<HoldAudio, 'announce' | 'state'>, note: (cause: unknown) => void) {
    this.#texts = texts;
    this.#hold = hold;
    this.#note = note;
  }

  /** Never throws; what goes wrong is noted. */
  tell(event: TransferPhaseEvent | TransferWaitEvent): void {
    void this.#tell(event).catch(this.#note);
  }

  async #tell(event: TransferPhaseEvent | TransferWaitEvent): Promise<void> {
    const words = 'phase' in event ? this.#wordsOf(event) : this.#wordsOfWait(event);
    if (words === null || words === undefined || words.trim() === '') return;
    this.#telling?.abort();
    const telling = new AbortController();
    this.#telling = telling;
    // The phase is told before its effects are performed, of which the hold itself may be one.
    await Promise.resolve();
    if (this.#hold.state === 'closed') return;
    await this.#hold.announce({ text: words }, { signal: telling.signal });
  }

  #wordsOf(event: TransferPhaseEvent): string | null | undefined {
    const phase = toldPhases.find((told) => told === event.phase);
    return phase && wordsOf(this.#texts[phase], event);
  }

  #wordsOfWait(event: TransferWaitEvent): string | null | undefined {
    return event.waitingBehind && wordsOf(this.#texts[event.waitingBehind], event);
  }
}

function wordsOf<Event>(text: HoldText<Event> | undefined, event: Event): string | null | undefined {
  return typeof text === 'function' ? text(event) : text;
}

import type { HoldAudio } from '@org/hold-audio';
import type { TransferPhaseEvent, TransferWaitEvent } from '../outcome/transfer-phase.js';
import { type PhaseAnnouncement, announcedPhases, type PhaseAnnouncements } from '../options/hold-announcements.js';

/** Announces phases to a caller on hold; a newer announcement cuts an older one off. */
export class PhaseAnnouncer {
  readonly #texts: PhaseAnnouncements;
  readonly #hold: Pick<HoldAudio, 'announce' | 'state'>;
  readonly #warn: (cause: unknown) => void;
  #announcing: AbortController | undefined;

  constructor(texts: PhaseAnnouncements, hold: Pick<HoldAudio, 'announce' | 'state'>, warn: (cause: unknown) => void) {
    this.#texts = texts;
    this.#hold = hold;
    this.#warn = warn;
  }

  /** Announces an event. Never throws; errors are warnings. */
  announce(event: TransferPhaseEvent | TransferWaitEvent): void {
    void this.#announce(event).catch(this.#warn);
  }

  async #announce(event: TransferPhaseEvent | TransferWaitEvent): Promise<void> {
    const words = 'phase' in event ? this.#textOf(event) : this.#textOfWait(event);
    if (words === null || words === undefined || words.trim() === '') return;
    this.#announcing?.abort();
    const announcing = new AbortController();
    this.#announcing = announcing;
    // The event comes before the effects of its phase, of which the hold itself may be one.
    await Promise.resolve();
    if (this.#hold.state === 'closed') return;
    await this.#hold.announce({ text: words }, { signal: announcing.signal });
  }

  #textOf(event: TransferPhaseEvent): string | null | undefined {
    const phase = announcedPhases.find((announced) => announced === event.phase);
    return phase && resolveText(this.#texts[phase], event);
  }

  #textOfWait(event: TransferWaitEvent): string | null | undefined {
    return event.waitingBehind && resolveText(this.#texts[event.waitingBehind], event);
  }
}

function resolveText<Event>(text: PhaseAnnouncement<Event> | undefined, event: Event): string | null | undefined {
  return typeof text === 'function' ? text(event) : text;
}

import type { HoldAudio } from '@org/hold-audio';
import type { HearCancel } from '../hold/hear-cancel.js';
import type { ClockPort, HoldAudioPort } from '../ports.js';

interface CallerHoldOptions {
  readonly hold: Pick<HoldAudio, 'start' | 'stop' | 'close'>;
  /** Listens as long as the caller is on hold. */
  readonly hearCancel: Pick<HearCancel, 'start' | 'stop'> | undefined;
  readonly clock: ClockPort;
}

/** What a caller on hold hears, and who hears them. */
export class CallerHold implements HoldAudioPort {
  readonly #options: CallerHoldOptions;

  constructor(options: CallerHoldOptions) {
    this.#options = options;
  }

  async start(signal: AbortSignal): Promise<void> {
    const { hold, hearCancel, clock } = this.#options;
    await new Promise<void>((resolve) => void clock.after(REQUEST_FIRST_MS, resolve));
    // Whoever is no longer on hold needs nobody to listen, and nobody would end it.
    signal.throwIfAborted();
    hearCancel?.start();
    await hold.start({ signal });
  }

  async stop(): Promise<void> {
    const { hold, hearCancel } = this.#options;
    hearCancel?.stop();
    await hold.stop();
  }

  async close(): Promise<void> {
    const { hold, hearCancel } = this.#options;
    hearCancel?.stop();
    await hold.close();
  }
}

/** Making a track keeps the process busy: the request for the consult room, on its way in the same tick, goes out first. */
const REQUEST_FIRST_MS = 5;

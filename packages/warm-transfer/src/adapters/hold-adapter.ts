import type { HoldAudio } from '@org/hold-audio';
import { deferred } from '@org/support';
import type { HearCancel } from '../speech/cancel-phrase-listener.js';
import type { ClockPort, HoldAudioPort } from '../runtime/ports.js';

interface CallerHoldOptions {
  readonly hold: Pick<HoldAudio, 'publish' | 'start' | 'stop' | 'close'>;
  /** Listens as long as the caller is on hold. */
  readonly hearCancel: Pick<HearCancel, 'start' | 'stop'> | undefined;
  readonly clock: ClockPort;
}

/** What a caller on hold hears, and who hears them. */
export class CallerHold implements HoldAudioPort {
  readonly #options: CallerHoldOptions;
  /** Whether it has been started or closed. */
  #isUsed = false;

  constructor(options: CallerHoldOptions) {
    this.#options = options;
  }

  /**
   * Publishes the track ahead, silent, when the consult room has been created: sooner, it would delay the request to the
   * phone of a hold that begins meanwhile.
   */
  async prepare(created: Promise<void> | undefined): Promise<void> {
    await created;
    if (!this.#isUsed) this.#options.hold.publish();
  }

  /** Takes back what was prepared, unless it is used. */
  async release(): Promise<void> {
    if (!this.#isUsed) await this.close();
  }

  /** Resolves when the caller is about to hear it. */
  async start(signal: AbortSignal): Promise<void> {
    const { hold, hearCancel } = this.#options;
    this.#isUsed = true;
    await this.#pause(REQUEST_FIRST_MS, signal);
    // Whoever is no longer on hold needs nobody to listen, and nobody would end it.
    signal.throwIfAborted();
    hearCancel?.start();
    await hold.start({ signal });
    await this.#pause(HEARD_MS, signal);
  }

  async stop(): Promise<void> {
    const { hold, hearCancel } = this.#options;
    hearCancel?.stop();
    await hold.stop();
  }

  async close(): Promise<void> {
    const { hold, hearCancel } = this.#options;
    this.#isUsed = true;
    hearCancel?.stop();
    await hold.close();
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const over = deferred<void>();
    const cancel = this.#options.clock.after(ms, over.resolve);
    signal.addEventListener('abort', () => over.resolve(), { once: true });
    await over.promise;
    cancel();
  }
}

/**
 * Making a track keeps the process busy: the request for the consult room, begun in the same turn, goes out first. No longer,
 * since what follows it slows the caller's subscription: after 25 ms the caller heard the track 80 ms later, after 1 ms the
 * request to dial went out at most 2 ms later.
 */
const REQUEST_FIRST_MS = 1;

/** From the first audio that was handed over until the caller, whose client has to take the track, hears it. */
const HEARD_MS = 150;

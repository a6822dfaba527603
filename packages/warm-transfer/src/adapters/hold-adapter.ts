import type { HoldAudio } from '@org/hold-audio';
import { deferred } from '@org/support';
import type { CancelPhraseListener } from '../speech/cancel-phrase-listener.js';
import type { ClockPort, HoldAudioPort } from '../runtime/ports.js';

interface HoldAdapterOptions {
  readonly hold: Pick<HoldAudio, 'publish' | 'start' | 'stop' | 'close'>;
  /** Listens while the caller is on hold. */
  readonly cancelListener: Pick<CancelPhraseListener, 'start' | 'stop'> | undefined;
  readonly clock: ClockPort;
}

/** Plays the hold audio of a caller, and listens for cancel phrases. */
export class HoldAdapter implements HoldAudioPort {
  readonly #options: HoldAdapterOptions;
  /** Whether the hold has been started or closed. */
  #isUsed = false;

  constructor(options: HoldAdapterOptions) {
    this.#options = options;
  }

  /**
   * Publishes the track ahead, silent, when the consult room has been created: sooner, it would delay the dial of a
   * transfer that starts meanwhile.
   */
  async publishAhead(created: Promise<void> | undefined): Promise<void> {
    await created;
    if (!this.#isUsed) this.#options.hold.publish();
  }

  /** Unpublishes the track, unless it is used. */
  async release(): Promise<void> {
    if (!this.#isUsed) await this.close();
  }

  /** Starts; resolves when the caller is about to hear it. */
  async start(signal: AbortSignal): Promise<void> {
    const { hold, cancelListener } = this.#options;
    this.#isUsed = true;
    await this.#pause(HOLD_START_DELAY_MS, signal);
    // A caller who is no longer on hold must not be listened to.
    signal.throwIfAborted();
    cancelListener?.start();
    await hold.start({ signal });
    await this.#pause(AUDIBLE_DELAY_MS, signal);
  }

  async stop(): Promise<void> {
    const { hold, cancelListener } = this.#options;
    cancelListener?.stop();
    await hold.stop();
  }

  async close(): Promise<void> {
    const { hold, cancelListener } = this.#options;
    this.#isUsed = true;
    cancelListener?.stop();
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
 * Creating a track keeps the process busy: the request for the consult room, started in the same turn, goes out first.
 * Not longer, since the steps after it slow the caller's subscription: after 25 ms the caller heard the track 80 ms
 * later, after 1 ms the request to dial went out at most 2 ms later.
 */
const HOLD_START_DELAY_MS = 1;

/** From the first audio written until the caller, whose client has to subscribe, hears it. */
const AUDIBLE_DELAY_MS = 150;

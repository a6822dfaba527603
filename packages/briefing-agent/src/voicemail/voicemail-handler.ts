import type { BriefingEvent } from '../decision/briefing-event.js';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import type { ConsultSession } from '../session/consult-session.js';
import { detectVoicemail } from './detect-voicemail.js';
import { sendDtmf } from './send-dtmf.js';

/** The parts of a briefing that a voicemail handler needs. */
export interface VoicemailHost {
  readonly signal: AbortSignal;
  dispatch(event: BriefingEvent): void;
  /** Reserves the end of the briefing for the handler. Returns false when something else ends it. */
  claimEnding(): boolean;
  /** Sends the DTMF through a menu, and waits for a human agent. */
  waitBehindMenu(): void;
  /** Starts a wait if the last words of the line were those of a queue or a screening. Returns whether a wait is going on. */
  waitsInstead(): boolean;
  /** Resolves when the beep has come, or after its timeout. */
  beep(): Promise<void>;
}

/** Detects a voicemail on the line, and handles it. */
export class VoicemailHandler {
  readonly #options: ParsedOptions;
  readonly #session: ConsultSession;
  readonly #host: VoicemailHost;
  #handled = false;
  #hasSentDtmf = false;

  constructor(options: ParsedOptions, session: ConsultSession, host: VoicemailHost) {
    this.#options = options;
    this.#session = session;
    this.#host = host;
  }

  /** Whether the greeting waits for the detection. */
  get delaysGreeting(): boolean {
    return this.#options.voicemail.detect === 'amd';
  }

  /** Runs the detection within its timeout. Resolves to whether a voicemail was detected. */
  async detect(): Promise<boolean> {
    const { voicemail, room, humanIdentity } = this.#options;
    if (voicemail.detect === undefined) return false;
    const { signal } = this.#host;
    const call = { session: this.#session.session, room, humanIdentity, signal };
    const { detect } = voicemail;
    // The built-in detector sends requests to the models.
    const verdict = await this.#options.scope.run(() => detectVoicemail(detect, voicemail, call));
    if (verdict !== 'voicemail') return false;
    void this.onDetected('detection');
    return true;
  }

  /** Handles a voicemail that was detected. */
  async onDetected(via: 'voice' | 'detection'): Promise<void> {
    const { onDetected } = this.#options.voicemail;
    if (typeof onDetected === 'object' && !this.#hasSentDtmf) return this.#host.waitBehindMenu();
    if (this.#handled || this.#host.waitsInstead()) return;
    this.#handled = true;
    this.#host.dispatch({ type: 'voicemail-detected' });
    if (onDetected === 'leave-message') return this.#leaveMessage(via);
    this.#host.dispatch({ type: 'voicemail-left', via, messageLeft: false });
  }

  async #leaveMessage(via: 'voice' | 'detection'): Promise<void> {
    if (!this.#host.claimEnding()) return;
    const { limits, sentences } = this.#options;
    const { signal } = this.#host;
    this.#session.interrupt();
    await this.#host.beep();
    const sentence = sentences.get('voicemail');
    const messageLeft = sentence !== null && (await this.#session.say(sentence, { timeoutMs: limits.sayMs, signal }));
    this.#host.dispatch({ type: 'voicemail-left', via, messageLeft });
  }

  /** Sends the DTMF through a menu, once. */
  async sendDtmf(): Promise<void> {
    const { onDetected } = this.#options.voicemail;
    if (typeof onDetected !== 'object' || this.#hasSentDtmf) return;
    this.#hasSentDtmf = true;
    try {
      await sendDtmf(this.#options.room, onDetected.dtmf, this.#host.signal);
    } catch (cause) {
      this.#host.dispatch({ type: 'broken', cause });
    }
  }
}

import type { BriefingEvent } from '../decision/briefing-event.js';
import type { CheckedOptions } from '../options/parse-briefing-options.js';
import type { ConsultSession } from '../session/consult-session.js';
import { detectMachine } from './detect-voicemail.js';
import { pressKeys } from './send-dtmf.js';

/** What a machine watch needs of the briefing. */
export interface MachineHost {
  readonly signal: AbortSignal;
  post(event: BriefingEvent): void;
  /** Nothing else speaks or ends the briefing from here on; false when it is over already. */
  takeOver(): boolean;
  /** The keys through a menu are to be pressed, and a human agent to be waited for. */
  holdByMenu(): void;
  /** Whether what the line said last lets calls through: then a human agent is waited for, and it is no voicemail. */
  holdsInstead(): boolean;
  /** Resolves when the beep has come, or is waited for no longer. */
  beep(): Promise<void>;
}

/** Looks out for a machine on the line, and deals with it. */
export class MachineWatch {
  readonly #options: CheckedOptions;
  readonly #line: ConsultSession;
  readonly #host: MachineHost;
  #met = false;
  #hasPressed = false;

  constructor(options: CheckedOptions, line: ConsultSession, host: MachineHost) {
    this.#options = options;
    this.#line = line;
    this.#host = host;
  }

  /** The agent's first words wait for this detection. */
  get holdsSpeech(): boolean {
    return this.#options.machine.detect === 'amd';
  }

  /** Resolves within the limit of the detection; true when there is a machine. */
  async detect(): Promise<boolean> {
    const { machine, room, humanIdentity } = this.#options;
    if (machine.detect === undefined) return false;
    const { signal } = this.#host;
    const call = { session: this.#line.session, room, humanIdentity, signal };
    const { detect } = machine;
    // The built-in detector asks models of its own accord.
    const verdict = await this.#options.scope.run(() => detectMachine(detect, machine, call));
    if (verdict !== 'machine') return false;
    void this.meet('detection');
    return true;
  }

  /** A machine it is. */
  async meet(by: 'voice' | 'detection'): Promise<void> {
    const { onMachine } = this.#options.machine;
    if (typeof onMachine === 'object' && !this.#hasPressed) return this.#host.holdByMenu();
    if (this.#met || this.#host.holdsInstead()) return;
    this.#met = true;
    this.#host.post({ type: 'machine' });
    if (onMachine === 'leave-message') return this.#leaveMessage(by);
    this.#host.post({ type: 'voicemail-left', by, messageLeft: false });
  }

  async #leaveMessage(by: 'voice' | 'detection'): Promise<void> {
    if (!this.#host.takeOver()) return;
    const { limits, sentences } = this.#options;
    const { signal } = this.#host;
    this.#line.interrupt();
    await this.#host.beep();
    const sentence = sentences.get('voicemail');
    const messageLeft = sentence !== null && (await this.#line.say(sentence, { limitMs: limits.sayMs, signal }));
    this.#host.post({ type: 'voicemail-left', by, messageLeft });
  }

  /** Presses the keys through a menu, once. */
  async press(): Promise<void> {
    const { onMachine } = this.#options.machine;
    if (typeof onMachine !== 'object' || this.#hasPressed) return;
    this.#hasPressed = true;
    try {
      await pressKeys(this.#options.room, onMachine.press, this.#host.signal);
    } catch (cause) {
      this.#host.post({ type: 'broken', cause });
    }
  }
}

import { deferred } from '../deferred.js';
import { PhoneLabError } from '../phone-lab-error.js';
import type { PhoneLine, PhoneLineEvents, LineIdentity } from './phone-line.js';

/** LiveKit's reason of a participant that leaves by itself. */
const CLIENT_INITIATED = 1;

/** A line that can leave its room and continue in another one. */
export class MovableLine implements PhoneLine {
  readonly #newLine: () => PhoneLine;
  #line: PhoneLine;
  #events: PhoneLineEvents | undefined;
  #isListening = false;
  #hasLeft = false;
  /** Pending while the line is between two rooms. */
  #settled: Promise<void> = Promise.resolve();

  constructor(newLine: () => PhoneLine) {
    this.#newLine = newLine;
    this.#line = newLine();
  }

  get process(): PhoneLine['process'] {
    return this.#line.process;
  }

  async join(seat: LineIdentity, events: PhoneLineEvents): Promise<string> {
    this.#events = events;
    return this.#line.join(seat, events);
  }

  /** Leaves and joins the other room, publishes and listens as before. Resolves with the new sid of the participant. */
  async move(seat: LineIdentity): Promise<string> {
    await this.#settled;
    const events = this.#events;
    if (!events) throw new PhoneLabError('misuse', 'a line that has not joined cannot be moved');
    const settled = deferred<void>();
    this.#settled = settled.promise;
    try {
      await this.#line.leave(CLIENT_INITIATED);
      if (this.#hasLeft) throw new PhoneLabError('call-ended', 'the line was given up while it moved');
      this.#line = this.#newLine();
      const sid = await this.#line.join(seat, events);
      await this.#line.publish();
      if (this.#isListening) this.#line.listen();
      return sid;
    } finally {
      settled.resolve();
    }
  }

  async publish(): Promise<void> {
    await this.#line.publish();
  }

  async unpublish(): Promise<void> {
    await this.#line.unpublish();
  }

  async setAttributes(attributes: Readonly<Record<string, string>>): Promise<void> {
    await this.#settled;
    await this.#line.setAttributes(attributes);
  }

  listen(): void {
    this.#isListening = true;
    this.#line.listen();
  }

  async sendAudio(pcm: Int16Array): Promise<void> {
    await this.#settled;
    await this.#line.sendAudio(pcm);
  }

  async played(): Promise<void> {
    await this.#settled;
    await this.#line.played();
  }

  dropAudio(): void {
    this.#line.dropAudio();
  }

  async pressKey(key: string): Promise<void> {
    await this.#settled;
    await this.#line.pressKey(key);
  }

  async leave(reason: number): Promise<void> {
    this.#hasLeft = true;
    await this.#line.leave(reason);
  }
}

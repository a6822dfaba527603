import type { ReceivedKey } from '../phone/phone-call.js';
import type { SimulatedCall } from './simulated-call.js';

/** As long as a key of a dial, and the frame in which the gateway sees that no other follows. */
const keyMs = 540;

/** Keys from the room to a phone: the gateway plays one after the other, regardless of the sender. */
export class RoomKeys {
  readonly #call: SimulatedCall;
  readonly #waiting: Omit<ReceivedKey, 'at'>[] = [];
  #isPlaying = false;

  constructor(call: SimulatedCall) {
    this.#call = call;
  }

  /** The gateway has sound for a phone only while its call is active. */
  send(key: string, from: string | undefined): void {
    if (this.#call.current !== 'active') return;
    this.#waiting.push({ key, ...(from !== undefined && { from }) });
    if (!this.#isPlaying) void this.#play();
  }

  async #play(): Promise<void> {
    this.#isPlaying = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        this.#call.keys.push({ ...next, at: Date.now() });
        await this.#call.pause(keyMs);
      }
    } catch {
      this.#waiting.length = 0; // The call ended.
    }
    this.#isPlaying = false;
  }
}

import { PhoneLabError } from '../phone-lab-error.js';
import type { ServerKey } from '../server/server-config.js';
import type { Listening } from './listening.js';
import { RoomListener } from './room-listener.js';

/** The listeners of a lab; they end with it. */
export class RoomListeners {
  readonly #server: ServerKey & { readonly url: string };
  readonly #listeners: RoomListener[] = [];

  constructor(server: ServerKey & { readonly url: string }) {
    this.#server = server;
  }

  async listen(roomName: string, identity: string): Promise<Listening> {
    for (const [name, value] of Object.entries({ roomName, identity })) {
      if (value.trim() === '') throw new PhoneLabError('invalid-option', `${name} must not be empty`);
    }
    const listener = new RoomListener(roomName, identity);
    this.#listeners.push(listener);
    await listener.start(this.#server);
    return listener;
  }

  /** Never rejects. */
  async close(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
  }
}

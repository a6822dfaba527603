import { Room } from '@livekit/rtc-node';

/** A room that is not connected, but has a name. */
export class NamedRoom extends Room {
  readonly #name: string;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  override get name(): string {
    return this.#name;
  }
}

import { Room } from '@livekit/rtc-node';

/** A room that is not connected, and has a name all the same. */
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

import { RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';

export interface StrayLegOptions {
  readonly room: Room;
  /** The dispatch rule of the one-time number. */
  readonly ruleId: string;
  /** The one line that may stay; undefined while there is none, or none may stay. */
  readonly wanted: () => string | undefined;
  readonly remove: (identity: string) => Promise<void>;
}

/** Removes every line that comes by a one-time number, but for the wanted one. */
export class StrayLegs {
  readonly #options: StrayLegOptions;
  /** By participant sid: who comes again under the same identity is another one. */
  readonly #removing = new Map<string, Promise<void>>();
  readonly #look = (): void => this.look();

  constructor(options: StrayLegOptions) {
    this.#options = options;
    for (const event of watched) options.room.on(event, this.#look);
  }

  /** Removes those who are there now. */
  look(): void {
    const { room, ruleId, wanted, remove } = this.#options;
    for (const { identity, sid = '', attributes } of room.remoteParticipants.values()) {
      if (attributes['sip.ruleID'] !== ruleId || identity === wanted() || this.#removing.has(sid)) continue;
      this.#removing.set(sid, remove(identity));
    }
  }

  /** Stops watching. Resolves when those who were there are removed. */
  async close(): Promise<void> {
    for (const event of watched) this.#options.room.off(event, this.#look);
    await Promise.all(this.#removing.values());
  }
}

const watched = [RoomEvent.ParticipantConnected, RoomEvent.ParticipantAttributesChanged] as const;

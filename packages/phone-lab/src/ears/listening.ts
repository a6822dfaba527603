import type { Ear } from './ear.js';

/** A recording of one participant of a room, such as an agent, a browser or a phone. */
export interface Listening extends AsyncDisposable {
  readonly roomName: string;
  readonly identity: string;
  /**
   * All audio of the room but the participant's own, which it hears if it subscribes to everything, as agents, browsers and
   * phones do by default. Audio that a client unsubscribes from or turns down is included.
   */
  readonly hears: Ear;
  /** The audio that the participant publishes. */
  readonly says: Ear;
  /** Stops recording, and keeps the recorded audio. Idempotent, never throws. Also done by `PhoneLab.close()`. */
  close(): Promise<void>;
}

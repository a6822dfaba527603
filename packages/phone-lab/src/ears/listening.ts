import type { Ear } from './ear.js';

/** A recording of one participant of a room, whoever it is: an agent, a browser, a phone. */
export interface Listening extends AsyncDisposable {
  readonly roomName: string;
  readonly identity: string;
  /**
   * All audio of the room but the participant's own: what it hears if it subscribes to everything, as agents, browsers and
   * phones do unless told otherwise. What a client unsubscribes from or turns down is heard here all the same.
   */
  readonly hears: Ear;
  /** The audio that the participant publishes. */
  readonly says: Ear;
  /** Stops recording; what was recorded stays. Idempotent, never throws; the lab's close does it too. */
  close(): Promise<void>;
}

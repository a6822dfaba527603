import type { LineIdentity } from './phone-line.js';

/** The way into a room. */
export interface SeatAccess {
  /** `ws://…` */
  readonly url: string;
  /** Lets in who holds it, once or often, for a day. */
  readonly token: string;
}

/** Gives a line its way into the room of its seat, and calls back when the line's first connection ends. */
export type LineAccess = (seat: LineIdentity, onEnd: () => void) => Promise<SeatAccess>;

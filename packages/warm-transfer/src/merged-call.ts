import type { MergedCall as ConsultCall } from '@org/consult-room';
import type { CallOver } from './after/call-over.js';

/** What can be done with two people who talk, as `@org/consult-room` has it. */
type Talk = Omit<ConsultCall, 'ended' | 'hangUp' | 'humanIdentity'>;

/** The call of a caller and a human agent whom a transfer has connected. */
export interface MergedCall extends Talk {
  /** In the room where they are; another one than before once they have come into the caller's room by themselves. */
  readonly humanAgentIdentity: string;
  /**
   * Resolves when the call is over and the caller has the AI back or is gone: who ended it, and what became of the
   * caller. Rooms and connections are still being closed by then.
   */
  readonly ended: Promise<CallOver>;
  /** Hangs up on both. Resolves like `ended`. */
  hangUp(): Promise<CallOver>;
}

/** A consult room's call whose end is a transfer's. */
export function mergedCall(call: ConsultCall, ended: Promise<CallOver>, hangUp: () => Promise<CallOver>): MergedCall {
  return {
    get humanAgentIdentity() {
      return call.humanIdentity;
    },
    get by() {
      return call.by;
    },
    get promotion() {
      return call.promotion;
    },
    ended,
    hangUp,
    mute: (side, muted) => call.mute(side, muted),
    listen: (listener) => call.listen(listener),
    play: (frames, options) => call.play(frames, options),
    add: (side, identity) => call.add(side, identity),
    remove: (side, identity) => call.remove(side, identity),
    statistics: () => call.statistics(),
    promote: (options) => call.promote(options),
    endWith: (signal) => call.endWith(signal),
  };
}

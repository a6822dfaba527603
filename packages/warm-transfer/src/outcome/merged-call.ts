import type { MergedCall as ConsultCall } from '@org/consult-room';
import type { CallOver } from './connected-call-end.js';

/** What can be done with two people who talk, as `@org/consult-room` has it. */
type Talk = Omit<ConsultCall, 'ended' | 'hangUp' | 'humanIdentity' | 'hangUpOn'>;

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
  /** Hangs up on both when `signal` aborts, such as that of a job. */
  hangUpOn(signal: AbortSignal): void;
}

/** What a call is beside the talk. */
interface CallParts extends Pick<MergedCall, 'ended' | 'hangUp' | 'listen'> {
  readonly humanAgentIdentity: () => string;
}

/** A talk with an end of its own. */
export function mergedCall(talk: Talk, { humanAgentIdentity, ended, hangUp, listen }: CallParts): MergedCall {
  const end = (): void => void hangUp();
  return {
    get humanAgentIdentity() {
      return humanAgentIdentity();
    },
    get by() {
      return talk.by;
    },
    get promotion() {
      return talk.promotion;
    },
    ended,
    hangUp,
    mute: (side, muted) => talk.mute(side, muted),
    listen,
    play: (frames, options) => talk.play(frames, options),
    addSpeaker: (side, identity) => talk.addSpeaker(side, identity),
    removeSpeaker: (side, identity) => talk.removeSpeaker(side, identity),
    statistics: () => talk.statistics(),
    promote: (options) => talk.promote(options),
    hangUpOn: (signal) => {
      if (signal.aborted) return end();
      signal.addEventListener('abort', end, { once: true });
      void ended.then(() => signal.removeEventListener('abort', end));
    },
  };
}

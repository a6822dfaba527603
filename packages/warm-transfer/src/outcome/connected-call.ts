import type { MergedCall as ConsultCall } from '@org/consult-room';
import type { ConnectedCallEnd } from './connected-call-end.js';

/** The controls of a call, as in `@org/consult-room`. */
type Talk = Omit<ConsultCall, 'ended' | 'hangUp' | 'humanIdentity' | 'hangUpOn'>;

/** The call of a caller and a human agent after a successful transfer. */
export interface ConnectedCall extends Talk {
  /** Identity in the current room; it changes with a promotion. */
  readonly humanAgentIdentity: string;
  /**
   * Resolves when the call has ended and the caller is returned to the AI or gone, with the side that ended it and
   * where the caller ended up. Rooms and connections may still be closing.
   */
  readonly ended: Promise<ConnectedCallEnd>;
  /** Hangs up on caller and human agent. Resolves like `ended`. */
  hangUp(): Promise<ConnectedCallEnd>;
  /** Hangs up on caller and human agent when `signal` aborts, such as that of a job. */
  hangUpOn(signal: AbortSignal): void;
}

/** The parts of a call besides its controls. */
interface CallParts extends Pick<ConnectedCall, 'ended' | 'hangUp' | 'listen'> {
  readonly humanAgentIdentity: () => string;
}

/** Creates a call from its controls and its end. */
export function createConnectedCall(
  talk: Talk,
  { humanAgentIdentity, ended, hangUp, listen }: CallParts,
): ConnectedCall {
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

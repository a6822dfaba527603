import type { CallEnd, CallerDisposition } from '../machine/types/ending.js';
import type { ConnectedCall } from './connected-call.js';

/** The end of a call between caller and human agent, as far as this process sees it. */
export interface ConnectedCallEnd {
  readonly kind: 'call-end';
  /**
   * The side that ended it: the caller, the human agent, the line (or bridge) between them or to us, or the program.
   */
  readonly by: 'caller' | 'human' | 'line' | 'program';
  /**
   * Where the caller ended up: `left` by themselves, `hung-up`, or `returned` to the AI; `talking` with the human agent
   * in one room, where they need nothing of this process when the job or its connection ends; `cold-transferred` by
   * REFER (`onJobEnd`, `onSessionClosed`); `stranded` when both the return to the AI and a hang-up failed.
   */
  readonly caller: CallerDisposition | 'talking';
  readonly cause?: unknown;
}

/**
 * Returns the end of a call for the user. A bridge ends with our connection, and with it the human agent's line; two
 * participants in one room continue without this process.
 */
export function connectedCallEnd(end: CallEnd, by: ConnectedCall['by']): ConnectedCallEnd {
  const isConnectionLost = end.by === 'line' && end.caller === 'left';
  return isConnectionLost && by !== 'bridge' ? { ...end, by: 'program', caller: 'talking' } : end;
}

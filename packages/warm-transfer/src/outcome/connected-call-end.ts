import type { CallEnd } from '../machine/types/ending.js';
import type { MergedCall } from './merged-call.js';

/** How a call between the caller and the human agent ended, or ended to us. */
export interface CallOver extends Omit<CallEnd, 'caller'> {
  /**
   * The caller's fate: left by themselves, hung up on, or back with the AI; `talking` with the human agent in one room,
   * as they need nothing of us there when the job or its connection ends; `cold-transferred`, sent on by REFER
   * (`onJobEnd`, `onSessionClosed`); `stranded` when neither the AI nor a hang-up could be had.
   */
  readonly caller: CallEnd['caller'] | 'talking';
}

/** A bridge ends with our connection, and takes the human agent's line with it; two in one room go on without us. */
export function callOver(over: CallEnd, by: MergedCall['by']): CallOver {
  const areCutOff = over.by === 'line' && over.caller === 'left';
  return areCutOff && by !== 'bridge' ? { ...over, by: 'program', caller: 'talking' } : over;
}

import type { Parted } from '../adapters/session-caller.js';
import type { CallEnd } from '../machine/ending.js';
import type { MergedCall } from '../merged-call.js';

/** How a call between the caller and the human agent ended, or ended to us. */
export interface CallOver extends Omit<CallEnd, 'caller'> {
  /**
   * What became of the caller: left by themselves, was hung up on, or is back with the AI; `talking` with the human agent
   * in one room, as they need nobody of us there when the job or its connection ends.
   */
  readonly caller: CallEnd['caller'] | 'talking';
}

/** The machine knows that caller and agent have parted; this says who has left whom. */
export function callOver(over: CallEnd, by: MergedCall['by'], parted: Parted | undefined): CallOver {
  if (over.by !== 'caller' || parted !== 'agent') return over;
  // A bridge ends with our connection, and takes the human agent's line with it.
  return by === 'bridge' ? { ...over, by: 'line' } : { ...over, by: 'program', caller: 'talking' };
}

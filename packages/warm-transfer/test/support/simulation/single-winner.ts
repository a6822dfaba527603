import type { TransferState } from '../../../src/machine/state/state.js';

/** Phases of an attempt that can no longer connect a human agent. */
export const dead: readonly string[] = ['closing', 'closed', 'voicemail'];

/** Who has been chosen has no rivals, and the caller is on hold from when it was wished. */
export function* oneWinner(state: TransferState): Generator<string> {
  if (state.phase !== 'attempting' && state.phase !== 'merging') return;
  const phases = Object.values(state.attempts).map(({ phase }) => phase);
  const alive = phases.filter((phase) => !dead.includes(phase));
  const chosen = state.phase === 'merging' || (state.winner === 'answer' && phases.includes('briefing'));
  if (chosen && alive.length > 1) yield 'others are called on';
  const { holdCallerOn } = state.setup;
  const wished =
    holdCallerOn === 'dial' || state.phase === 'merging' || (holdCallerOn === 'answer' && phases.includes('briefing'));
  if (wished && !state.callerOnHold) yield 'the caller is not on hold yet';
}

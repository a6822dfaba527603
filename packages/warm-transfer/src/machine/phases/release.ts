import type { Effect, Farewell } from '../types/effect.js';
import type { CallerDisposition, TransferFailure } from '../types/ending.js';
import type { OpenPhase, TransferData, StateOf } from '../state/state.js';
import { stopAttempts } from './stop-attempts.js';
import type { Step } from '../state/transition-table.js';

/** Creates the state in which an ended transfer is released. */
export function releasingState(
  { setup, attemptCount, calledTargets, stages, winner, callerOnHold: wasOnHold }: TransferData,
  { attempts, over, caller, disposition }: Pick<StateOf<'releasing'>, 'attempts' | 'over' | 'caller' | 'disposition'>,
): StateOf<'releasing'> {
  return {
    phase: 'releasing',
    setup,
    attempts,
    attemptCount,
    calledTargets,
    stages,
    winner,
    stageTimerRunning: false,
    callerOnHold: false,
    wasOnHold,
    over,
    caller,
    disposition,
  };
}

/** Ends a transfer that is not connected. A caller who is still present is returned to the AI first. */
export function release(
  state: StateOf<OpenPhase>,
  over: TransferFailure,
  {
    disposition = currentDisposition(state),
    farewell,
  }: { readonly disposition?: CallerDisposition; readonly farewell?: Farewell } = {},
): Step {
  const { phase, stageTimerRunning, callerOnHold } = state;
  const { attempts, effects } = stopAttempts(
    state.attempts,
    () => true,
    { kind: 'ending', status: 'canceled' },
    farewell,
  );
  const hangingUp = disposition === 'hung-up';
  const done = disposition !== 'returned' && !hangingUp;
  const caller = done ? 'done' : hangingUp ? 'hanging-up' : 'restoring';
  return finishWhenReleased(releasingState(state, { attempts, over, caller, disposition }), [
    { type: 'clear-total' },
    ...only(stageTimerRunning, { type: 'forget-next-stage' }),
    ...only(callerOnHold, { type: 'stop-hold' }),
    // Also for a caller who was never on hold: a closed session has no caller.
    ...only(disposition === 'returned', { type: 'restore-caller' }),
    // A cold-transferred caller must not hear the AI on the old leg, which lives for another second.
    ...only(callerOnHold && disposition === 'left', { type: 'unhold-caller' }),
    ...only(hangingUp, { type: 'hang-up-caller' }),
    ...only(!done, { type: 'set-limit', limit: hangingUp ? 'hanging-up' : 'releasing' }),
    ...only(done && phase !== 'attempting', { type: 'clear-limit' }),
    ...only(done, { type: 'set-outcome', outcome: { kind: 'over', ending: over, caller: disposition } }),
    ...effects,
  ]);
}

/** Sets the outcome once the caller is returned to the AI or gone; the rest is cleanup. */
export function callerReleased(state: StateOf<'releasing'>, effects: readonly Effect[] = []): Step {
  const { over, disposition } = state;
  return finishWhenReleased({ ...state, caller: 'done' }, [
    ...effects,
    { type: 'clear-limit' },
    over.kind === 'ending'
      ? { type: 'set-outcome', outcome: { kind: 'over', ending: over, caller: disposition } }
      : { type: 'call-over', over },
  ]);
}

/** Ends the transfer as soon as caller and attempts are released. */
export function finishWhenReleased(state: StateOf<'releasing'>, effects: readonly Effect[]): Step {
  if (state.caller !== 'done' || Object.keys(state.attempts).length > 0) return { state, effects };
  const { over, disposition } = state;
  return { state: { phase: 'ended', over, disposition }, effects: [...effects, { type: 'finish', over }] };
}

const only = (yes: boolean, effect: Effect): readonly Effect[] => (yes ? [effect] : []);

/** Returns where the caller is now: one whose phone has left for a cold transfer cannot be returned. */
const currentDisposition = (state: StateOf<OpenPhase>): CallerDisposition =>
  state.phase === 'cold-transferring' && state.callerGone ? 'left' : 'returned';

/** Ends a transfer that took too long as a whole. */
export function timedOut(state: StateOf<OpenPhase>): Step {
  return release(state, { kind: 'ending', status: 'timed-out', limit: 'total' }, { farewell: 'time-up' });
}

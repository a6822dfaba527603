import type { Effect, Farewell } from '../types/effect.js';
import type { CallerFate, Ending } from '../types/ending.js';
import type { OpenPhase, Search, StateOf } from '../state/state.js';
import { stopAttempts } from './stop-attempts.js';
import type { Step } from '../state/transition-table.js';

/** What is left to do when a transfer is over. */
export function releasing(
  { setup, tried, visited, stages, winner, held: wasHeld }: Search,
  { attempts, over, caller, fate }: Pick<StateOf<'releasing'>, 'attempts' | 'over' | 'caller' | 'fate'>,
): StateOf<'releasing'> {
  return {
    phase: 'releasing',
    setup,
    attempts,
    tried,
    visited,
    stages,
    winner,
    stageTimed: false,
    held: false,
    wasHeld,
    over,
    caller,
    fate,
  };
}

/** Ends a transfer that has not connected anybody. With the caller still there, they get the AI back first. */
export function release(
  state: StateOf<OpenPhase>,
  over: Ending,
  { fate = fateNow(state), farewell }: { readonly fate?: CallerFate; readonly farewell?: Farewell } = {},
): Step {
  const { phase, stageTimed, held } = state;
  const { attempts, effects } = stopAttempts(
    state.attempts,
    () => true,
    { kind: 'ending', status: 'canceled' },
    farewell,
  );
  const hangingUp = fate === 'hung-up';
  const done = fate !== 'returned' && !hangingUp;
  const caller = done ? 'done' : hangingUp ? 'hanging-up' : 'restoring';
  return finishWhenReleased(releasing(state, { attempts, over, caller, fate }), [
    { type: 'clear-total' },
    ...only(stageTimed, { type: 'forget-next-stage' }),
    ...only(held, { type: 'stop-hold' }),
    // Also for a caller who was never held: a session that is closed has no caller.
    ...only(fate === 'returned', { type: 'restore-caller' }),
    // A caller who was sent on must not hear the AI on the old line, which lives for another second.
    ...only(held && fate === 'left', { type: 'unhold-caller' }),
    ...only(hangingUp, { type: 'hang-up-caller' }),
    ...only(!done, { type: 'set-limit', limit: hangingUp ? 'hanging-up' : 'releasing' }),
    ...only(done && phase !== 'seeking', { type: 'clear-limit' }),
    ...only(done, { type: 'settle', outcome: { kind: 'over', ending: over, caller: fate } }),
    ...effects,
  ]);
}

/** The caller has the AI back, or is gone: the outcome is out, the rest is cleaning up. */
export function callerDone(state: StateOf<'releasing'>, effects: readonly Effect[] = []): Step {
  const { over, fate } = state;
  return finishWhenReleased({ ...state, caller: 'done' }, [
    ...effects,
    { type: 'clear-limit' },
    over.kind === 'ending'
      ? { type: 'settle', outcome: { kind: 'over', ending: over, caller: fate } }
      : { type: 'call-over', over },
  ]);
}

/** Over as soon as caller and attempts are. */
export function finishWhenReleased(state: StateOf<'releasing'>, effects: readonly Effect[]): Step {
  if (state.caller !== 'done' || Object.keys(state.attempts).length > 0) return { state, effects };
  const { over, fate } = state;
  return { state: { phase: 'ended', over, fate }, effects: [...effects, { type: 'finish', over }] };
}

const only = (yes: boolean, effect: Effect): readonly Effect[] => (yes ? [effect] : []);

/** A caller whose phone has gone to call somebody else cannot be given back. */
const fateNow = (state: StateOf<OpenPhase>): CallerFate =>
  state.phase === 'cold-transferring' && state.callerGone ? 'left' : 'returned';

/** The whole transfer took too long. */
export function timedOut(state: StateOf<OpenPhase>): Step {
  return release(state, { kind: 'ending', status: 'timed-out', limit: 'total' }, { farewell: 'time-over' });
}

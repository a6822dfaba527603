import type { Effect } from '../../../src/machine/types/effect.js';
import type { TransferEvent } from '../../../src/machine/state/event.js';
import type { Phase, StateOf, TransferState } from '../../../src/machine/state/state.js';
import type { Step } from '../../../src/machine/state/transition-table.js';
import { attemptMoves, transferMoves } from './random-actions.js';
import { dead, oneWinner } from './single-winner.js';

/** The limit that must run in a phase, and no other. */
const limitOf: Readonly<Record<Phase, string | undefined>> = {
  idle: undefined,
  resolving: 'resolving',
  attempting: undefined,
  deciding: 'deciding',
  redirecting: 'redirecting',
  'cold-transferring': 'cold-transferring',
  merging: 'merging',
  connected: undefined,
  releasing: undefined,
  ended: undefined,
};
const slots: readonly string[] = ['phase', 'total', 'stage'];
const attemptLimits = ['opening', 'dialing', 'briefing', 'closing'];
const called: readonly Phase[] = ['releasing', 'ended'];

/** Keeps account of what a machine has asked for, and compares it with where it says that it stands. */
export class Ledger {
  readonly #limits: Map<string, string> = new Map();
  readonly #open: Set<string> = new Set();
  readonly #asked: Set<Effect['type']> = new Set();
  /** The target that is called once more, as from the trunk. */
  #redialed: string | undefined;
  #recordOutcome = 0;
  #callsOver = 0;
  #finished = 0;
  #callerOnHold = false;
  #playing = false;

  /** The error in a step, in words. */
  *check(before: TransferState, event: TransferEvent, { state, effects }: Step): Generator<string> {
    this.#asked.clear();
    this.#redialed = undefined;
    this.#consume(event);
    for (const effect of effects) this.#enter(effect);
    yield* this.#moves(before, event, state);
    yield* this.#limitsOf(state);
    yield* oneWinner(state);
    yield* this.#outcome(state);
    yield* this.#caller(before, event, state);
    yield* this.#questions(before, state);
    yield* this.#warnings(before, event);
    yield* this.#callerId(before, event);
  }

  /** A timer that has fired does not run any more. */
  #consume(event: TransferEvent): void {
    if (event.type === 'next-stage-due') this.#limits.delete('stage');
    if (event.type === 'attempt-limit-reached' && this.#limits.get(event.attemptId) === event.limit) {
      this.#limits.delete(event.attemptId);
    }
    if (event.type === 'limit-reached') {
      const slot = event.limit === 'total' ? 'total' : 'phase';
      if (this.#limits.get(slot) === event.limit) this.#limits.delete(slot);
    }
  }

  #enter(effect: Effect): void {
    this.#asked.add(effect.type);
    switch (effect.type) {
      case 'set-limit':
        this.#limits.set(effect.limit === 'total' ? 'total' : 'phase', effect.limit);
        break;
      case 'clear-limit':
        this.#limits.delete('phase');
        break;
      case 'clear-total':
        this.#limits.delete('total');
        break;
      case 'await-next-stage':
        this.#limits.set('stage', 'stage');
        break;
      case 'forget-next-stage':
        this.#limits.delete('stage');
        break;
      case 'set-attempt-limit':
        this.#limits.set(effect.attemptId, effect.limit);
        break;
      case 'clear-attempt-limit':
        this.#limits.delete(effect.attemptId);
        break;
      case 'open-attempt':
        this.#open.add(effect.attemptId);
        if (effect.callerId !== undefined) this.#redialed = effect.target;
        break;
      case 'close-attempt':
        this.#open.delete(effect.attemptId);
        break;
      case 'set-outcome':
        this.#recordOutcome += 1;
        break;
      case 'call-over':
        this.#callsOver += 1;
        break;
      case 'finish':
        this.#finished += 1;
        break;
      case 'hold-caller':
        this.#callerOnHold = true;
        break;
      case 'play-hold':
        this.#playing = true;
        break;
      case 'stop-hold':
        this.#playing = false;
        break;
      case 'restore-caller':
      case 'unhold-caller':
      case 'hang-up-caller':
        this.#callerOnHold = false;
        break;
      default:
    }
  }

  *#moves(before: TransferState, event: TransferEvent, state: TransferState): Generator<string> {
    if ('attemptId' in event) {
      const was = 'attempts' in before ? before.attempts[event.attemptId]?.phase : undefined;
      const is = 'attempts' in state ? state.attempts[event.attemptId]?.phase : 'closed';
      const late = event.type === 'attempt-limit-reached' && event.limit !== was;
      if (was === undefined || late) return;
      const allowed = attemptMoves[was][event.type] ?? [was];
      if (!allowed.includes(is ?? 'closed')) yield `attempt: ${event.type} while ${was} led to ${is}`;
      if (event.type === 'ringing' && is === 'dialing' && was === 'dialing') {
        const attempt = 'attempts' in state ? state.attempts[event.attemptId] : undefined;
        if (attempt?.phase === 'dialing' && !attempt.ringing) yield 'it rings, and nobody knows';
      }
      if (is === 'dialing' && was === 'opening' && !(this.#asked.has('dial') && this.#asked.has('prepare'))) {
        yield 'nobody dials, or prepares';
      }
      if (is === 'briefing' && was === 'dialing' && !this.#asked.has('brief')) yield 'nobody briefs';
      const lost = was === 'merged' && is === 'closing' && before.phase === 'connected';
      if (lost && state.phase === 'connected') yield 'connected to nobody';
      if (is === 'accepted' && was === 'briefing' && state.phase !== 'merging') yield 'an accept led to nothing';
      if (is === 'merged' && was === 'accepted' && state.phase !== 'connected') yield 'a merge led to nothing';
      const alive = 'attempts' in state && Object.values(state.attempts).some(({ phase }) => !dead.includes(phase));
      if ((state.phase === 'attempting' || state.phase === 'merging') && !alive) yield 'nobody is sought any more';
      return;
    }
    if (event.type === 'limit-reached' && !this.#wasRunning(before, event.limit)) return;
    const allowed = transferMoves[before.phase][event.type] ?? [before.phase];
    if (!allowed.includes(state.phase)) yield `${event.type} while ${before.phase} led to ${state.phase}`;
    const means = event.type in transferMoves[before.phase] && before.phase !== 'releasing';
    if (means && state === before && !isIrrevocable(before, event))
      yield `${event.type} while ${before.phase} changed nothing`;
    const left = event.type === 'caller-left' && before.phase === 'cold-transferring';
    if (left && state.phase === 'cold-transferring' && !state.callerGone) yield 'a caller left unseen';
    const isOther = event.type === 'caller-failed' && before.phase === 'releasing' && event.while !== before.caller;
    if (isOther && state !== before) yield 'the failure of something else changed what is done with the caller';
    const waits = before.phase === 'releasing' && before.caller !== 'done' && state.phase === 'releasing';
    if (waits && answers.includes(event.type) && state.caller === before.caller) {
      const expected = answerTo[event.type];
      const leaves = before.caller === 'ending' && state.disposition === 'left';
      if (!leaves && !isOther && (expected === undefined || before.caller === expected))
        yield `${event.type} changed nothing`;
    }
    if (event.type === 'next-stage-due' && before.phase === 'attempting' && state === before)
      yield 'a stage was missed';
  }

  /** Who never rang, and whose network rejected the number that we showed, is called once more, and never twice. */
  *#callerId(before: TransferState, event: TransferEvent): Generator<string> {
    const wanted = refusedCallerId(before, event);
    if (this.#redialed !== wanted) yield `called once more: ${this.#redialed} instead of ${wanted}`;
    if (wanted !== undefined && !this.#asked.has('add-warning')) yield 'the refusal of the caller ID is lost';
  }

  *#limitsOf(state: TransferState): Generator<string> {
    const running = this.#limits.get('phase');
    const wanted =
      state.phase === 'releasing' ? { ...limitOfCaller, done: undefined }[state.caller] : limitOf[state.phase];
    if (running !== wanted) yield `${state.phase}: the limit ${running} runs instead of ${wanted}`;
    const open = state.phase !== 'idle' && state.phase !== 'connected' && !called.includes(state.phase);
    if (this.#limits.has('total') !== open) yield `${state.phase}: the whole has ${open ? 'no' : 'a'} limit`;
    const timed = 'stageTimerRunning' in state && state.stageTimerRunning;
    if (this.#limits.has('stage') !== timed) {
      yield `${state.phase}: the wait for a stage ${timed ? 'does not run' : 'runs on'}`;
    }
    const attempts = 'attempts' in state ? state.attempts : {};
    for (const [attemptId, { phase }] of Object.entries(attempts)) {
      const expected = attemptLimits.includes(phase) ? phase : undefined;
      const limit = this.#limits.get(attemptId);
      if (limit !== expected) yield `attempt: the limit ${limit} runs while ${phase}`;
      if (this.#open.has(attemptId) === (phase === 'closing')) yield `attempt: ${phase}, and not asked for`;
    }
    for (const slot of this.#limits.keys()) {
      if (!slots.includes(slot) && attempts[slot] === undefined) yield 'the limit of an attempt runs on';
    }
    for (const attemptId of this.#open) if (attempts[attemptId] === undefined) yield 'an attempt is forgotten';
  }

  *#outcome(state: TransferState): Generator<string> {
    const clean = state.phase === 'releasing' && state.caller === 'done' && Object.keys(state.attempts).length === 0;
    if (clean) yield 'nothing is left, and it is not over';
    const after = state.phase === 'connected' || (called.includes(state.phase) && callEnded(state));
    const settled = after || state.phase === 'ended' || (state.phase === 'releasing' && state.caller === 'done');
    if (this.#recordOutcome !== (settled ? 1 : 0)) yield `${state.phase}: settled ${this.#recordOutcome} times`;
    const told =
      callEnded(state) && (state.phase === 'ended' || (state.phase === 'releasing' && state.caller === 'done'));
    if (this.#callsOver !== (told ? 1 : 0)) yield `${state.phase}: a call was over ${this.#callsOver} times`;
    if (this.#finished !== (state.phase === 'ended' ? 1 : 0)) yield `${state.phase}: finished ${this.#finished} times`;
  }

  *#caller(before: TransferState, event: TransferEvent, state: TransferState): Generator<string> {
    const callerOnHold = 'callerOnHold' in state && state.callerOnHold;
    const sentOn = 'disposition' in state && state.disposition === 'cold-transferred';
    if (callerOnHold !== this.#callerOnHold && !sentOn)
      yield `${state.phase}: the caller is ${this.#callerOnHold ? '' : 'not '}callerOnHold`;
    const unheld = this.#asked.has('restore-caller') || this.#asked.has('unhold-caller');
    if (sentOn && unheld) yield 'the AI speaks to a caller who was sent on';
    const playing = callerOnHold && state.phase !== 'connected';
    if (playing !== this.#playing) yield `${state.phase}: hold audio ${this.#playing ? 'plays' : 'does not play'}`;
    if (state.phase === 'releasing' && before.phase !== 'releasing') {
      if (state.caller === 'hanging-up' && !this.#asked.has('hang-up-caller')) yield 'nobody hangs up';
    }
    if (state.phase === 'releasing' && (before.phase !== 'releasing' || before.caller !== state.caller)) {
      if (state.caller === 'restoring' && !this.#asked.has('restore-caller')) yield 'nobody gives the caller back';
      if (state.caller === 'ending' && !this.#asked.has('end-caller')) yield 'nobody ends the call of the caller';
    }
    const returned = this.#asked.has('set-outcome') && 'disposition' in state && state.disposition === 'returned';
    if (returned && !(before.phase === 'releasing' && before.caller === 'restoring')) yield 'said to be back, unseen';
    const was = before.phase === 'releasing' ? before.caller : 'done';
    const done = was !== 'done' && !(state.phase === 'releasing' && state.caller !== 'done');
    const back = event.type === 'caller-restored';
    if (done && !back && !sentOn && !unheld) yield 'the AI is deaf to whoever comes back';
  }

  *#questions(before: TransferState, state: TransferState): Generator<string> {
    if (state.phase === before.phase && state.phase !== 'redirecting' && state.phase !== 'cold-transferring') return;
    if (state.phase === 'resolving' && !this.#asked.has('resolve')) yield 'nobody asks whom to call';
    if (state.phase === 'deciding' && !this.#asked.has('decide')) yield 'nobody asks the policy';
    const again = before.phase === state.phase && 'rest' in before && 'rest' in state && before.rest === state.rest;
    if (again) return;
    const timed = state.phase === 'redirecting' || state.phase === 'cold-transferring';
    if (timed && !this.#asked.has('set-limit')) yield `${state.phase}: the limit is that of the last time`;
    if (state.phase === 'redirecting' && !this.#asked.has('resolve')) yield 'nobody asks the department';
    if (state.phase === 'cold-transferring' && !this.#asked.has('cold-transfer')) yield 'nobody sends the caller on';
    if (state.phase === 'merging' && !this.#asked.has('merge')) yield 'nobody merges';
    if (state.phase === 'connected' && !this.#asked.has('end-briefing')) yield 'the briefing agent talks on';
  }

  /** A cause that does not become the outcome is kept beside it. */
  *#warnings(before: TransferState, event: TransferEvent): Generator<string> {
    if (this.#asked.has('add-warning')) return;
    if (event.type === 'hold-failed' && before.phase !== 'idle' && before.phase !== 'ended') {
      yield 'the failure of the hold audio is lost';
    }
    if (before.phase === 'connected' && isTroubleInCall(before, event)) yield 'trouble in a call is lost';
    if (isIrrevocable(before, event)) yield 'an abort that came too late is lost';
    if (event.type === 'decision-failed' && before.phase === 'deciding') yield 'the failure of the policy is lost';
    if (event.type === 'cold-transfer-failed' && before.phase === 'cold-transferring') yield 'a refusal is lost';
    if (event.type === 'unresolved' && before.phase === 'redirecting') yield 'a redirect in vain is lost';
    if (event.type === 'caller-failed' && before.phase === 'releasing') yield 'trouble with the caller is lost';
    const limit = event.type === 'limit-reached' && event.limit !== 'total';
    const noted: readonly Phase[] = ['deciding', 'redirecting', 'cold-transferring', 'releasing'];
    if (limit && noted.includes(before.phase) && this.#wasRunning(before, event.limit)) yield 'a limit is lost';
    if (event.type === 'attempt-limit-reached' && 'attempts' in before) {
      const closing = before.attempts[event.attemptId]?.phase === 'closing' && event.limit === 'closing';
      if (closing) yield 'what was not closed in time is lost';
    }
  }

  #wasRunning(state: TransferState, limit: string): boolean {
    if (limit === 'total')
      return state.phase in limitOf && !['idle', 'connected', 'releasing', 'ended'].includes(state.phase);
    if (state.phase !== 'releasing') return limitOf[state.phase] === limit;
    return { ...limitOfCaller, done: '' }[state.caller] === limit;
  }
}

function refusedCallerId(before: TransferState, event: TransferEvent): string | undefined {
  const refused = (event.type === 'dial-ended' || event.type === 'dial-failed') && event.callerIdRefused === true;
  if (!refused || before.phase !== 'attempting' || before.attemptCount >= before.setup.maxAttempts) return undefined;
  const attempt = before.attempts[event.attemptId];
  return attempt?.phase === 'dialing' && !attempt.ringing && attempt.callerId === undefined
    ? attempt.target
    : undefined;
}

const limitOfCaller = { restoring: 'releasing', 'hanging-up': 'hanging-up', ending: 'cold-transferring' } as const;

/** The events that answer what is being done with the caller. */
const answerTo: Readonly<Partial<Record<TransferEvent['type'], string>>> = {
  'caller-restored': 'restoring',
  'caller-hung-up': 'hanging-up',
  'caller-ended': 'ending',
};

/** A caller who was cold-transferred is not called back. */
const isIrrevocable = (before: TransferState, event: TransferEvent): boolean =>
  before.phase === 'cold-transferring' && before.callerGone && event.type === 'aborted';

/** Failures during a call that do not end it. */
function isTroubleInCall({ attempts }: StateOf<'connected'>, event: TransferEvent): boolean {
  if (event.type === 'briefing-failed') return attempts[event.attemptId]?.phase === 'merged';
  return event.type === 'caller-failed';
}

const callEnded = (state: TransferState): boolean => 'over' in state && state.over.kind === 'call-end';

const answers: readonly string[] = [
  'caller-restored',
  'caller-hung-up',
  'caller-ended',
  'caller-left',
  'agent-disconnected',
  'caller-failed',
  'limit-reached',
];

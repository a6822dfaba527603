import type { Effect } from '../../src/machine/effect.js';
import type { TransferEvent } from '../../src/machine/event.js';
import type { Phase, TransferState } from '../../src/machine/state.js';
import { transition } from '../../src/machine/transition.js';
import type { TransitionTable } from '../../src/machine/transition-table.js';

/** One claim: in this phase, this event leads to that phase and asks for these effects. */
export interface Claim {
  readonly given: string;
  readonly event: TransferEvent;
  /** `phase | effect effect(detail)` */
  readonly answer: string;
}

const start: TransferEvent = { type: 'start' };
const opened: TransferEvent = { type: 'consult-opened' };
const ringing: TransferEvent = { type: 'ringing' };
const answered: TransferEvent = { type: 'answered', humanIdentity: 'ada' };
const accepted: TransferEvent = { type: 'accepted' };
const merged: TransferEvent = { type: 'merged' };
const busy: TransferEvent = {
  type: 'dial-ended',
  ending: { kind: 'ending', status: 'busy', sipStatusCode: 486 },
};
const cause = 'the cause';
const hungUp: TransferEvent = { type: 'human-left', how: 'hung-up' };
const lost: TransferEvent = { type: 'human-left', how: 'lost' };
const callerLeft: TransferEvent = { type: 'caller-left' };

/** Events that bring a new transfer into the state that a claim begins in. */
const histories: Record<string, readonly TransferEvent[]> = {
  idle: [],
  opening: [start],
  dialing: [start, opened],
  briefing: [start, opened, answered],
  merging: [start, opened, answered, accepted],
  connected: [start, opened, answered, accepted, merged],
  'giving the caller back': [start, opened, busy],
  'giving the caller back, room closed': [start, opened, busy, { type: 'consult-closed' }],
  'closing the room': [start, opened, busy, { type: 'caller-restored' }],
  'hanging up on the caller': [start, opened, answered, accepted, merged, hungUp],
  'hanging up on the caller, room closed': [
    start,
    opened,
    answered,
    accepted,
    merged,
    hungUp,
    { type: 'consult-closed' },
  ],
  'closing the room after a call': [start, opened, answered, accepted, merged, callerLeft],
  ended: [start, opened, busy, { type: 'caller-restored' }, { type: 'consult-closed' }],
};

const released = 'releasing | stop-hold restore-caller set-limit(releasing) close-consult';
const gone = 'releasing | stop-hold restore-caller settle(caller-left) set-limit(closing) close-consult';
const settledBusy = 'releasing | settle(busy) set-limit(closing)';

export const claims: readonly Claim[] = [
  { given: 'idle', event: start, answer: 'opening | hold-caller open-consult play-hold set-limit(opening)' },
  { given: 'idle', event: callerLeft, answer: 'ended | settle(caller-left) finish' },
  { given: 'idle', event: { type: 'aborted', cause }, answer: 'ended | settle(aborted) finish' },

  { given: 'opening', event: opened, answer: 'dialing | dial prepare set-limit(dialing)' },
  { given: 'opening', event: { type: 'consult-failed', cause }, answer: released },
  { given: 'opening', event: { type: 'caller-failed', cause }, answer: released },
  { given: 'opening', event: { type: 'hold-failed', cause }, answer: 'opening | note' },
  { given: 'opening', event: callerLeft, answer: gone },
  { given: 'opening', event: { type: 'aborted', cause }, answer: released },
  { given: 'opening', event: { type: 'limit-reached', limit: 'opening' }, answer: released },

  { given: 'dialing', event: ringing, answer: 'dialing(ringing) |' },
  { given: 'dialing', event: answered, answer: 'briefing | brief set-limit(briefing)' },
  { given: 'dialing', event: busy, answer: released },
  { given: 'dialing', event: { type: 'dial-failed', cause }, answer: released },
  { given: 'dialing', event: { type: 'briefing-failed', cause }, answer: released },
  { given: 'dialing', event: { type: 'caller-failed', cause }, answer: released },
  { given: 'dialing', event: { type: 'hold-failed', cause }, answer: 'dialing | note' },
  { given: 'dialing', event: callerLeft, answer: gone },
  { given: 'dialing', event: { type: 'aborted', cause }, answer: released },
  { given: 'dialing', event: { type: 'limit-reached', limit: 'dialing' }, answer: released },
  // Early media and the model's eagerness are no accept.
  { given: 'dialing', event: accepted, answer: 'dialing |' },

  { given: 'briefing', event: accepted, answer: 'merging | merge set-limit(merging)' },
  { given: 'briefing', event: { type: 'declined', reason: 'in a meeting' }, answer: `${released}(declined)` },
  { given: 'briefing', event: { type: 'voicemail' }, answer: released },
  { given: 'briefing', event: { type: 'silent' }, answer: `${released}(time-over)` },
  { given: 'briefing', event: { type: 'briefing-failed', cause }, answer: `${released}(failed)` },
  { given: 'briefing', event: hungUp, answer: released },
  { given: 'briefing', event: lost, answer: released },
  { given: 'briefing', event: { type: 'caller-failed', cause }, answer: `${released}(failed)` },
  { given: 'briefing', event: { type: 'hold-failed', cause }, answer: 'briefing | note' },
  { given: 'briefing', event: callerLeft, answer: `${gone}(caller-left)` },
  { given: 'briefing', event: { type: 'aborted', cause }, answer: `${released}(canceled)` },
  { given: 'briefing', event: { type: 'limit-reached', limit: 'briefing' }, answer: `${released}(time-over)` },
  { given: 'briefing', event: answered, answer: 'briefing |' },

  { given: 'merging', event: merged, answer: 'connected | stop-hold end-briefing clear-limit settle(connected)' },
  { given: 'merging', event: { type: 'merge-failed', cause }, answer: `${released}(merge-failed)` },
  { given: 'merging', event: hungUp, answer: released },
  { given: 'merging', event: { type: 'hold-failed', cause }, answer: 'merging | note' },
  { given: 'merging', event: callerLeft, answer: `${gone}(caller-left)` },
  { given: 'merging', event: { type: 'aborted', cause }, answer: `${released}(canceled)` },
  { given: 'merging', event: { type: 'limit-reached', limit: 'merging' }, answer: `${released}(merge-failed)` },
  { given: 'merging', event: { type: 'declined', reason: 'too late' }, answer: 'merging |' },

  { given: 'connected', event: callerLeft, answer: 'releasing | restore-caller close-consult set-limit(closing)' },
  { given: 'connected', event: hungUp, answer: 'releasing | hang-up-caller close-consult set-limit(closing)' },
  { given: 'connected', event: lost, answer: 'releasing | restore-caller close-consult set-limit(closing)' },
  {
    given: 'connected',
    event: { type: 'merge-lost', cause },
    answer: 'releasing | restore-caller close-consult set-limit(closing)',
  },
  {
    given: 'connected',
    event: { type: 'hang-up' },
    answer: 'releasing | hang-up-caller close-consult set-limit(closing)',
  },
  // An outcome is final: what would have stopped the transfer no longer touches the call.
  { given: 'connected', event: { type: 'aborted', cause }, answer: 'connected |' },

  { given: 'giving the caller back', event: { type: 'caller-restored' }, answer: settledBusy },
  { given: 'giving the caller back', event: callerLeft, answer: settledBusy },
  {
    given: 'giving the caller back',
    event: { type: 'caller-failed', cause },
    answer: 'releasing | note settle(busy) set-limit(closing)',
  },
  {
    given: 'giving the caller back',
    event: { type: 'limit-reached', limit: 'releasing' },
    answer: 'releasing | note settle(busy) set-limit(closing)',
  },
  { given: 'giving the caller back', event: { type: 'hold-failed', cause }, answer: 'releasing | note' },
  { given: 'giving the caller back', event: { type: 'consult-closed' }, answer: 'releasing |' },
  { given: 'giving the caller back', event: answered, answer: 'releasing |' },
  {
    given: 'giving the caller back, room closed',
    event: { type: 'caller-restored' },
    answer: 'ended | settle(busy) set-limit(closing) clear-limit finish',
  },
  { given: 'closing the room', event: { type: 'consult-closed' }, answer: 'ended | clear-limit finish' },
  { given: 'closing the room', event: { type: 'caller-restored' }, answer: 'releasing |' },
  {
    given: 'closing the room',
    event: { type: 'limit-reached', limit: 'closing' },
    answer: 'ended | note clear-limit finish',
  },

  { given: 'hanging up on the caller', event: { type: 'caller-hung-up' }, answer: 'releasing |' },
  { given: 'hanging up on the caller', event: callerLeft, answer: 'releasing |' },
  {
    given: 'hanging up on the caller, room closed',
    event: { type: 'caller-hung-up' },
    answer: 'ended | clear-limit finish',
  },
  {
    given: 'hanging up on the caller',
    event: { type: 'limit-reached', limit: 'closing' },
    answer: 'ended | note clear-limit finish',
  },
  { given: 'closing the room after a call', event: { type: 'consult-closed' }, answer: 'ended | clear-limit finish' },

  { given: 'ended', event: start, answer: 'ended |' },
];

/** What the machine answers to the claim's event, in the notation of `answer`. */
export function answerTo(claim: Claim, table?: TransitionTable): string {
  let state: TransferState = { phase: 'idle' };
  for (const event of histories[claim.given] ?? []) state = transition(state, event, table).state;
  const step = transition(state, claim.event, table);
  const { phase } = step.state;
  const label = step.state.phase === 'dialing' && step.state.ringing ? `${phase}(ringing)` : phase;
  return `${label} | ${step.effects.map(describe).join(' ')}`.trim();
}

function describe(effect: Effect): string {
  switch (effect.type) {
    case 'set-limit':
      return `set-limit(${effect.limit})`;
    case 'close-consult':
      return effect.farewell === undefined ? 'close-consult' : `close-consult(${effect.farewell})`;
    case 'settle':
      return `settle(${effect.outcome.kind === 'connected' ? 'connected' : effect.outcome.status})`;
    default:
      return effect.type;
  }
}

export function without(table: TransitionTable, phase: Phase, event: string): TransitionTable {
  const { [event as keyof TransitionTable[Phase]]: _removed, ...rest } = table[phase];
  return { ...table, [phase]: rest };
}

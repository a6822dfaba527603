import { describe, expect, it } from 'vitest';
import type { Ending } from '../../src/machine/ending.js';
import type { TransferEvent } from '../../src/machine/event.js';
import { callerStateOf, humanAgentStateOf, type Phase, type TransferState } from '../../src/machine/state.js';
import { transition } from '../../src/machine/transition.js';
import { transitions } from '../../src/machine/transitions.js';
import { answerTo, claims, without } from './scenarios.js';

describe('transition', () => {
  it.each(claims.map((claim) => [claim.given, claim.event.type, claim] as const))(
    'while %s, %s is answered as claimed',
    (_given, _event, claim) => {
      expect(answerTo(claim)).toBe(claim.answer);
    },
  );

  const entries = (Object.keys(transitions) as Phase[]).flatMap((phase) =>
    Object.keys(transitions[phase]).map((event) => [phase, event] as const),
  );

  it.each(entries)('a table without %s / %s breaks a claim', (phase, event) => {
    const mutant = without(transitions, phase, event);
    expect(claims.filter((claim) => answerTo(claim, mutant) !== claim.answer)).not.toEqual([]);
  });

  it('keeps the first cause, whatever comes after it', () => {
    const events: TransferEvent[] = [
      { type: 'start' },
      { type: 'consult-opened' },
      { type: 'dial-ended', ending: { kind: 'ending', status: 'busy', sipStatusCode: 486, sipStatus: 'Busy Here' } },
      { type: 'caller-left' },
      { type: 'aborted', cause: 'later' },
      { type: 'consult-closed' },
    ];
    expect(run(events)).toEqual({
      phase: 'ended',
      over: { kind: 'ending', status: 'busy', sipStatusCode: 486, sipStatus: 'Busy Here' },
    });
  });

  it('carries what the human agent said when declining', () => {
    const events: TransferEvent[] = [
      { type: 'start' },
      { type: 'consult-opened' },
      { type: 'answered', humanIdentity: 'ada' },
      { type: 'declined', reason: 'wrong department', redirectTo: 'billing' },
    ];
    const state = run(events);
    expect(state.phase === 'releasing' && state.over).toEqual({
      kind: 'ending',
      status: 'declined',
      reason: 'wrong department',
      redirectTo: 'billing',
    } satisfies Ending);
  });

  it('tells both parties in the words of the guide', () => {
    const answered: TransferEvent[] = [
      { type: 'start' },
      { type: 'consult-opened' },
      { type: 'answered', humanIdentity: 'ada' },
    ];
    const connected: TransferEvent[] = [...answered, { type: 'accepted' }, { type: 'merged' }];
    expect(seen([])).toBe('active/inactive');
    expect(seen([{ type: 'start' }])).toBe('escalated/inactive');
    expect(seen(answered)).toBe('escalated/summarizing');
    expect(seen(connected)).toBe('escalated/merged');
    expect(seen([...answered, { type: 'voicemail' }])).toBe('escalated/failed');
    expect(seen([...answered, { type: 'voicemail' }, { type: 'caller-restored' }])).toBe('active/failed');
    expect(seen([...answered, { type: 'caller-left' }])).toBe('inactive/failed');
    expect(seen([...connected, { type: 'caller-left' }, { type: 'consult-closed' }])).toBe('inactive/merged');
  });
});

function run(events: readonly TransferEvent[]): TransferState {
  let state: TransferState = { phase: 'idle' };
  for (const event of events) ({ state } = transition(state, event));
  return state;
}

function seen(events: readonly TransferEvent[]): string {
  const state = run(events);
  return `${callerStateOf(state)}/${humanAgentStateOf(state)}`;
}

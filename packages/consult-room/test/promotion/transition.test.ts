import { describe, expect, it } from 'vitest';
import { failPromotion } from '../../src/call/promotion.ts';
import type { RejoinEffect } from '../../src/promotion/promotion-effect.ts';
import type { RejoinEvent } from '../../src/promotion/promotion-event.ts';
import { initialState } from '../../src/promotion/promotion-state.ts';
import type { RejoinState } from '../../src/promotion/promotion-state.ts';
import { transition } from '../../src/promotion/transition.ts';

interface Played {
  readonly state: RejoinState;
  /** Those of the last event. */
  readonly effects: readonly RejoinEffect[];
}

function play(...events: readonly RejoinEvent[]): Played {
  let played: Played = { state: initialState, effects: [] };
  for (const event of events) played = transition(played.state, event);
  return played;
}

const identity = 'phone';
const came: RejoinEvent = { type: 'line-came', identity, isTaken: false };
const active: RejoinEvent = { type: 'line-active', identity };
const heard: RejoinEvent = { type: 'line-heard', identity };
const gone: RejoinEvent = { type: 'line-gone', identity };
const called: RejoinEvent = { type: 'refer-answered', answer: { how: 'called' } };
const made: RejoinEvent = { type: 'number-made' };
const hold = (held: 'nobody' | 'human' | 'both'): RejoinEffect => ({ type: 'hold', held });

describe('a promotion whose line is heard', () => {
  const over = [made, came, active, heard] as const;

  it('silences the bridge until the old line ends, and has worked by then', () => {
    expect(play(...over).effects).toContainEqual(hold('both'));
    expect(play(...over, { type: 'old-line-ended' }).effects[0]).toEqual({ type: 'promoted', identity });
    expect(play(...over, { type: 'old-line-due' }).effects).toContainEqual({ type: 'remove-old-line' });
  });

  it('waits no longer than a limit for the answer of a server, when the line has gone again', () => {
    const { state, effects } = play(...over, gone);
    expect(state.phase).toBe('awaiting');
    expect(effects).toEqual([hold('nobody'), { type: 'set-timer', timer: 'line-due' }]);
    expect(transition(state, called).state).toMatchObject({ failure: { reason: 'human-left' } });
    expect(transition(state, { type: 'line-due' }).state).toMatchObject({ failure: { reason: 'no-answer' } });
    expect(transition(state, { type: 'call-over' }).state).toMatchObject({ failure: { reason: 'ended' } });
  });

  it('hands over to the same phone when that calls again in place of its first line', () => {
    expect(play(...over, gone, came, active, heard).effects).toContainEqual(hold('both'));
    expect(play(...over, called, gone, came, active, heard).state.phase).toBe('handing-over');
  });
});

describe('a promotion that fails', () => {
  it('takes the number and the line back, and settles when no further one can come', () => {
    const { state, effects } = play(made, came, active, { type: 'call-over' });
    expect(effects).toEqual([hold('nobody'), { type: 'remove-line', identity }, { type: 'remove-number' }]);
    const late = transition(state, came);
    expect(late.effects).toEqual([{ type: 'remove-line', identity }]);
    const removed = transition(late.state, { type: 'number-removed' });
    expect(transition(removed.state, { type: 'late-line-due' }).effects).toEqual([
      { type: 'failed', failure: failPromotion('ended') },
      { type: 'release' },
    ]);
  });

  it('removes a second line, and one that has disconnected somebody by its identity', () => {
    const second: RejoinEvent = { type: 'line-came', identity: 'second', isTaken: false };
    expect(play(made, came, second).effects).toEqual([{ type: 'remove-line', identity: 'second' }]);
    const taken = play(made, { ...came, isTaken: true });
    expect(taken.effects[0]).toEqual({ type: 'remove-line', identity });
    expect(taken.state).toMatchObject({ phase: 'withdrawing', failure: { reason: 'identity-conflict' } });
  });
});

import { describe, expect, it } from 'vitest';
import { failPromotion } from '../../src/call/promotion.ts';
import type { PromotionEffect } from '../../src/promotion/promotion-effect.ts';
import type { PromotionEvent } from '../../src/promotion/promotion-event.ts';
import { initialState, type PromotionState } from '../../src/promotion/promotion-state.ts';
import { transition } from '../../src/promotion/transition.ts';

interface Played {
  readonly state: PromotionState;
  /** The effects of the last event. */
  readonly effects: readonly PromotionEffect[];
}

function play(...events: readonly PromotionEvent[]): Played {
  let played: Played = { state: initialState, effects: [] };
  for (const event of events) played = transition(played.state, event);
  return played;
}

const identity = 'phone';
const came: PromotionEvent = { type: 'leg-joined', identity, isIdentityTaken: false };
const active: PromotionEvent = { type: 'leg-active', identity };
const heard: PromotionEvent = { type: 'leg-audible', identity };
const gone: PromotionEvent = { type: 'leg-left', identity };
const called: PromotionEvent = { type: 'refer-answered', answer: { how: 'called' } };
const made: PromotionEvent = { type: 'number-created' };
const silence = (silenced: 'none' | 'human' | 'both'): PromotionEffect => ({ type: 'silence', silenced });

describe('a promotion whose leg is audible', () => {
  const over = [made, came, active, heard] as const;

  it('silences the bridge until the old leg ends, and has succeeded by then', () => {
    expect(play(...over).effects).toContainEqual(silence('both'));
    expect(play(...over, { type: 'old-leg-ended' }).effects[0]).toEqual({ type: 'promoted', identity });
    expect(play(...over, { type: 'old-leg-due' }).effects).toContainEqual({ type: 'remove-old-leg' });
  });

  it('waits no longer than a timeout for the answer of the server, when the leg has left again', () => {
    const { state, effects } = play(...over, gone);
    expect(state.phase).toBe('awaiting');
    expect(effects).toEqual([silence('none'), { type: 'set-timer', timer: 'leg-due' }]);
    expect(transition(state, called).state).toMatchObject({ failure: { reason: 'human-left' } });
    expect(transition(state, { type: 'leg-due' }).state).toMatchObject({ failure: { reason: 'no-answer' } });
    expect(transition(state, { type: 'call-ended' }).state).toMatchObject({ failure: { reason: 'ended' } });
  });

  it('hands over to the same phone when it calls again', () => {
    expect(play(...over, gone, came, active, heard).effects).toContainEqual(silence('both'));
    expect(play(...over, called, gone, came, active, heard).state.phase).toBe('handing-over');
  });
});

describe('a promotion that fails', () => {
  it('removes the number and the leg, and settles when no further leg can join', () => {
    const { state, effects } = play(made, came, active, { type: 'call-ended' });
    expect(effects).toEqual([silence('none'), { type: 'remove-leg', identity }, { type: 'remove-number' }]);
    const late = transition(state, came);
    expect(late.effects).toEqual([{ type: 'remove-leg', identity }]);
    const removed = transition(late.state, { type: 'number-removed' });
    expect(transition(removed.state, { type: 'late-leg-due' }).effects).toEqual([
      { type: 'failed', failure: failPromotion('ended') },
      { type: 'release' },
    ]);
  });

  it('removes a second leg, and one that has disconnected a participant of the same identity', () => {
    const second: PromotionEvent = { type: 'leg-joined', identity: 'second', isIdentityTaken: false };
    expect(play(made, came, second).effects).toEqual([{ type: 'remove-leg', identity: 'second' }]);
    const taken = play(made, { ...came, isIdentityTaken: true });
    expect(taken.effects[0]).toEqual({ type: 'remove-leg', identity });
    expect(taken.state).toMatchObject({ phase: 'withdrawing', failure: { reason: 'identity-conflict' } });
  });
});

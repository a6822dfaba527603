import { DisconnectReason } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { ConsultRoomError } from '../../src/consult-room-error.ts';
import type { Effect } from '../../src/machine/effect.ts';
import type { StrategyEvent } from '../../src/machine/event.ts';
import { initialState, type StrategyState } from '../../src/machine/state.ts';
import { transition } from '../../src/machine/transition.ts';
import type { MergeEnd } from '../../src/merge/merge-result.ts';

const left = { identity: 'human', how: 'lost', reason: DisconnectReason.UNKNOWN_REASON } as const;
const humanLeft: MergeEnd = { cause: 'human-left', left };
const refused = new ConsultRoomError('server', 'rejected');
const auto = { bridge: true, move: true };
const moveOnly = { bridge: false, move: true };

interface Played {
  readonly state: StrategyState;
  /** The effects of the last event, without timers. */
  readonly effects: readonly Effect[];
}

function play(ways: typeof auto, ...events: readonly StrategyEvent[]): Played {
  let played: Played = { state: initialState(ways, 'human'), effects: [] };
  for (const event of events) {
    const { state, effects } = transition(played.state, event);
    played = { state, effects: effects.filter(({ type }) => type !== 'set-timer') };
  }
  return played;
}

const asked: readonly StrategyEvent[] = [{ type: 'publish-tracks' }, { type: 'merge', withholdMs: 500 }];

describe('a merge that may move', () => {
  it('opens the bridge when the move is not answered in time, and is merged once audio flows', () => {
    const opened = play(auto, ...asked, { type: 'bridge-due' });
    expect(opened.effects).toEqual([{ type: 'open-bridge', id: 2, withholdMs: 500 }]);
    const proven = play(auto, ...asked, { type: 'bridge-due' }, { type: 'bridge-verified', id: 2 });
    expect(proven.effects).toEqual([{ type: 'settle', result: { merged: true, by: 'bridge' } }]);
    expect(proven.state.phase).toBe('bridged');
  });

  it('closes the bridge and continues the call in one room when the move happens late', () => {
    const moved = play(
      auto,
      ...asked,
      { type: 'bridge-due' },
      { type: 'bridge-verified', id: 2 },
      { type: 'human-arrived' },
    );
    expect(moved.effects.map(({ type }) => type)).toEqual(['close-bridge', 'switch-call', 'verify-move']);
    expect(moved.state).toMatchObject({ phase: 'moved', links: { unseenMoves: 0 } });
  });

  it('is merged by a rejected move that happens while the bridge is being verified', () => {
    const refusal: StrategyEvent = { type: 'move-answered', id: 1, error: refused };
    const arrived = play(auto, ...asked, refusal, { type: 'consult-left', end: humanLeft }, { type: 'human-arrived' });
    expect(arrived.effects).toEqual([{ type: 'close-gate' }, { type: 'verify-move', id: 3 }]);
    expect(transition(arrived.state, { type: 'move-verified', id: 3 }).effects).toEqual([
      { type: 'close-bridge' },
      { type: 'settle', result: { merged: true, by: 'move' } },
    ]);
  });

  it.each([
    ['left without a reason', humanLeft, {}],
    ['hung up', { ...humanLeft, left: { ...left, how: 'hung-up' } }, { timeoutMs: 1_500 }],
  ] as const)('waits for a human agent who %s while they may be moved', (_how, end, limit) => {
    const { state } = play(auto, ...asked);
    const waiting = transition(state, { type: 'consult-left', end });
    expect(waiting.effects).toEqual([{ type: 'set-timer', timer: 'arrival-due', ...limit }]);
    expect(transition(waiting.state, { type: 'human-arrived' }).state.phase).toBe('verifying');
    expect(transition(waiting.state, { type: 'arrival-due' }).state).toMatchObject({ phase: 'ended', end });
  });

  it('removes a human agent whom a move brings after the merge has failed, or was closed', () => {
    const failed = play(moveOnly, { type: 'merge', withholdMs: 0 }, { type: 'move-answered', id: 1, error: refused });
    expect(failed.state.phase).toBe('apart');
    for (const late of [failed.state, transition(failed.state, { type: 'close' }).state]) {
      expect(transition(late, { type: 'human-arrived' }).effects).toContainEqual({ type: 'remove', id: 2 });
    }
  });

  it('is bridged when no audio flows after the move, although the human agent had left the consult room', () => {
    const bridged = play(
      auto,
      ...asked,
      { type: 'consult-left', end: humanLeft },
      { type: 'human-arrived' },
      { type: 'move-unverified', id: 2, missing: [] },
      { type: 'move-back-answered', id: 3, error: undefined },
    );
    expect(bridged.effects).toEqual([{ type: 'open-bridge', id: 4, withholdMs: 500 }]);
  });

  it('has settled once it is aborted and the human agent is back', () => {
    const back = play(
      auto,
      ...asked,
      { type: 'abort' },
      { type: 'consult-left', end: humanLeft },
      { type: 'human-arrived' },
      { type: 'move-back-answered', id: 2, error: undefined },
    );
    expect(back.effects).toEqual([{ type: 'settle', result: { merged: false, reason: 'aborted' } }]);
    expect(back.state.phase).toBe('apart');
  });
});

describe('a promotion', () => {
  const bridged: readonly StrategyEvent[] = [
    { type: 'merge', withholdMs: 0 },
    { type: 'bridge-verified', id: 1 },
  ];
  const promoting: readonly StrategyEvent[] = [...bridged, { type: 'promote', signal: undefined }];
  const bridgeOnly = { bridge: true, move: false };
  const failed: StrategyEvent = { type: 'promotion-ended', id: 2, promotion: { promoted: false, reason: 'rejected' } };

  it('leaves the bridge as it was when it fails, and ends the call when the old leg has ended by then', () => {
    expect(play(bridgeOnly, ...promoting, failed)).toMatchObject({ state: { phase: 'bridged' }, effects: [] });
    const gone = play(bridgeOnly, ...promoting, { type: 'consult-left', end: humanLeft }, failed);
    expect(gone.effects).toEqual([{ type: 'close-bridge' }, { type: 'end', end: humanLeft }]);
  });

  it('removes a leg that joins after the call has ended', () => {
    const late = play(
      bridgeOnly,
      ...promoting,
      { type: 'close' },
      { type: 'promotion-ended', id: 2, promotion: { promoted: true, humanIdentity: 'leg', tookMs: 1 } },
    );
    expect(late.effects).toEqual([{ type: 'remove-leg', identity: 'leg' }, { type: 'release' }]);
  });
});

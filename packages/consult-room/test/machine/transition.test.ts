import { DisconnectReason } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { ConsultRoomError } from '../../src/consult-room-error.ts';
import type { MergeEnd } from '../../src/merge/merge-result.ts';
import type { Effect } from '../../src/machine/effect.ts';
import type { StrategyEvent } from '../../src/machine/event.ts';
import { initialState } from '../../src/machine/state.ts';
import type { StrategyState } from '../../src/machine/state.ts';
import { transition } from '../../src/machine/transition.ts';

const left = { identity: 'human', how: 'lost', reason: DisconnectReason.UNKNOWN_REASON } as const;
const humanLeft: MergeEnd = { cause: 'human-left', left };
const refused = new ConsultRoomError('server', 'refused');
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

const asked: readonly StrategyEvent[] = [{ type: 'prepare' }, { type: 'merge', withholdMs: 500 }];

describe('a merge that may move', () => {
  it('opens the bridge when the move is not answered within its time, and counts once it stands', () => {
    const opened = play(auto, ...asked, { type: 'bridge-due' });
    expect(opened.effects).toEqual([{ type: 'open-bridge', id: 2, withholdMs: 500 }]);
    const proven = play(auto, ...asked, { type: 'bridge-due' }, { type: 'bridge-proven', id: 2 });
    expect(proven.effects).toEqual([{ type: 'settle', result: { merged: true, by: 'bridge' } }]);
    expect(proven.state.phase).toBe('bridged');
  });

  it('closes the bridge and continues the call by the move when that happens after all', () => {
    const moved = play(
      auto,
      ...asked,
      { type: 'bridge-due' },
      { type: 'bridge-proven', id: 2 },
      { type: 'human-arrived' },
    );
    expect(moved.effects.map(({ type }) => type)).toEqual(['close-bridge', 'switch-call', 'prove-move']);
    expect(moved.state).toMatchObject({ phase: 'moved', links: { unseenMoves: 0 } });
  });

  it('is merged by a refused move that happens while the bridge is being proven', () => {
    const refusal: StrategyEvent = { type: 'move-answered', id: 1, error: refused };
    const arrived = play(auto, ...asked, refusal, { type: 'consult-left', end: humanLeft }, { type: 'human-arrived' });
    expect(arrived.effects).toEqual([{ type: 'shut-bridge' }, { type: 'prove-move', id: 3 }]);
    expect(transition(arrived.state, { type: 'move-proven', id: 3 }).effects).toEqual([
      { type: 'close-bridge' },
      { type: 'settle', result: { merged: true, by: 'move' } },
    ]);
  });

  it.each([
    ['left without a reason', humanLeft, {}],
    ['hung up', { ...humanLeft, left: { ...left, how: 'hung-up' } }, { limitMs: 1_500 }],
  ] as const)('waits for a human agent who %s while they may be moved', (_how, end, limit) => {
    const { state } = play(auto, ...asked);
    const waiting = transition(state, { type: 'consult-left', end });
    expect(waiting.effects).toEqual([{ type: 'set-timer', timer: 'landing-due', ...limit }]);
    expect(transition(waiting.state, { type: 'human-arrived' }).state.phase).toBe('proving');
    expect(transition(waiting.state, { type: 'landing-due' }).state).toMatchObject({ phase: 'ended', end });
  });

  it('removes a human agent whom a move brings after the merge has failed, or is closed', () => {
    const failed = play(moveOnly, { type: 'merge', withholdMs: 0 }, { type: 'move-answered', id: 1, error: refused });
    expect(failed.state.phase).toBe('apart');
    for (const late of [failed.state, transition(failed.state, { type: 'close' }).state]) {
      expect(transition(late, { type: 'human-arrived' }).effects).toContainEqual({ type: 'remove', id: 2 });
    }
  });

  it('is bridged when the move does not stand, though the human agent had left the consult room for it', () => {
    const bridged = play(
      auto,
      ...asked,
      { type: 'consult-left', end: humanLeft },
      { type: 'human-arrived' },
      { type: 'move-unproven', id: 2, missing: [] },
      { type: 'move-back-answered', id: 3, error: undefined },
    );
    expect(bridged.effects).toEqual([{ type: 'open-bridge', id: 4, withholdMs: 500 }]);
  });

  it('waits for nothing once it is aborted, and the human agent is back', () => {
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
    { type: 'bridge-proven', id: 1 },
  ];
  const promoting: readonly StrategyEvent[] = [...bridged, { type: 'promote', signal: undefined }];
  const bridgeOnly = { bridge: true, move: false };
  const failed: StrategyEvent = { type: 'promotion-ended', id: 2, promotion: { promoted: false, reason: 'refused' } };

  it('leaves the bridge as it was when it fails, and ends the call when the old line is gone by then', () => {
    expect(play(bridgeOnly, ...promoting, failed)).toMatchObject({ state: { phase: 'bridged' }, effects: [] });
    const gone = play(bridgeOnly, ...promoting, { type: 'consult-left', end: humanLeft }, failed);
    expect(gone.effects).toEqual([{ type: 'close-bridge' }, { type: 'end', end: humanLeft }]);
  });

  it('removes a line that comes when the call is over', () => {
    const late = play(
      bridgeOnly,
      ...promoting,
      { type: 'close' },
      { type: 'promotion-ended', id: 2, promotion: { promoted: true, humanIdentity: 'line', tookMs: 1 } },
    );
    expect(late.effects).toEqual([{ type: 'remove-line', identity: 'line' }, { type: 'release' }]);
  });
});

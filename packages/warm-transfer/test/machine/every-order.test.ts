import { describe, expect, it } from 'vitest';
import type { Effect } from '../../src/machine/effect.js';
import type { TransferEvent } from '../../src/machine/event.js';
import type { TransferState } from '../../src/machine/state.js';
import { transition } from '../../src/machine/transition.js';

const cause = 'the cause';

/** Every event there is, with every value that the machine branches on. */
const events: readonly TransferEvent[] = [
  { type: 'start' },
  { type: 'consult-opened' },
  { type: 'consult-failed', cause },
  { type: 'ringing' },
  { type: 'answered', humanIdentity: 'ada' },
  { type: 'dial-ended', ending: { kind: 'ending', status: 'busy' } },
  { type: 'dial-failed', cause },
  { type: 'briefing-failed', cause },
  { type: 'accepted' },
  { type: 'declined', reason: 'no' },
  { type: 'voicemail' },
  { type: 'silent' },
  { type: 'merged' },
  { type: 'merge-failed', cause },
  { type: 'merge-lost', cause },
  { type: 'human-left', how: 'hung-up' },
  { type: 'human-left', how: 'lost' },
  { type: 'caller-left' },
  { type: 'caller-restored' },
  { type: 'caller-hung-up' },
  { type: 'caller-failed', cause },
  { type: 'hold-failed', cause },
  { type: 'consult-closed' },
  { type: 'aborted', cause },
  { type: 'hang-up' },
  { type: 'limit-reached', limit: 'opening' },
  { type: 'limit-reached', limit: 'dialing' },
  { type: 'limit-reached', limit: 'briefing' },
  { type: 'limit-reached', limit: 'merging' },
  { type: 'limit-reached', limit: 'releasing' },
  { type: 'limit-reached', limit: 'closing' },
];

/** A state together with what has been asked for on the way to it. */
interface Node {
  readonly state: TransferState;
  readonly settled: number;
  readonly finished: number;
  /** The limit that is running. */
  readonly limit: string | undefined;
  readonly callerHeld: boolean;
  readonly consultOpen: boolean;
  readonly accepted: boolean;
  readonly merging: boolean;
}

const first: Node = {
  state: { phase: 'idle' },
  settled: 0,
  finished: 0,
  limit: undefined,
  callerHeld: false,
  consultOpen: false,
  accepted: false,
  merging: false,
};

function follow(node: Node, event: TransferEvent): Node {
  const { state, effects } = transition(node.state, event);
  const asked = (type: Effect['type']): boolean => effects.some((effect) => effect.type === type);
  let { limit } = node;
  for (const effect of effects) {
    if (effect.type === 'set-limit') ({ limit } = effect);
    if (effect.type === 'clear-limit') limit = undefined;
  }
  return {
    state,
    settled: node.settled + effects.filter(({ type }) => type === 'settle').length,
    finished: node.finished + effects.filter(({ type }) => type === 'finish').length,
    limit,
    callerHeld: (node.callerHeld || asked('hold-caller')) && !asked('restore-caller') && !asked('hang-up-caller'),
    consultOpen: (node.consultOpen || asked('open-consult')) && !asked('close-consult'),
    accepted: node.accepted || (node.state.phase === 'briefing' && event.type === 'accepted'),
    merging: node.merging || asked('merge'),
  };
}

function reachable(): Node[] {
  const seen = new Map<string, Node>([[JSON.stringify(first), first]]);
  for (const node of seen.values()) {
    for (const event of events) {
      const next = follow(node, event);
      const key = JSON.stringify(next);
      if (!seen.has(key)) seen.set(key, next);
    }
  }
  return [...seen.values()];
}

describe('in every order of every event', () => {
  const nodes = reachable();

  it('reaches every phase', () => {
    expect(new Set(nodes.map(({ state }) => state.phase)).size).toBe(8);
  });

  it('settles and finishes at most once, and never finishes unsettled', () => {
    for (const { settled, finished } of nodes) {
      expect(settled).toBeLessThanOrEqual(1);
      expect(finished).toBeLessThanOrEqual(settled);
    }
  });

  it('is ended exactly when it has finished, with no limit running, the consult room closed', () => {
    for (const node of nodes) expect(node.state.phase === 'ended').toBe(node.finished === 1);
    for (const node of nodes.filter(({ state }) => state.phase === 'ended')) {
      expect(node).toMatchObject({ limit: undefined, consultOpen: false });
    }
  });

  it('always has a limit running while somebody waits', () => {
    for (const { state, limit } of nodes) {
      const waits = !['idle', 'connected', 'ended'].includes(state.phase);
      expect(limit !== undefined, state.phase).toBe(waits);
    }
  });

  it('ends by its limits alone, from wherever it stands', () => {
    for (const node of nodes.filter(({ limit }) => limit !== undefined)) {
      let at = node;
      for (let steps = 0; at.limit !== undefined && steps < 5; steps += 1) {
        at = follow(at, { type: 'limit-reached', limit: at.limit as 'closing' });
      }
      expect(at.state.phase).toBe('ended');
    }
  });

  it('never ends with a caller who is still held', () => {
    for (const { state, callerHeld } of nodes) expect(state.phase === 'ended' && callerHeld).toBe(false);
  });

  it('merges after an accept in the briefing, and never without one', () => {
    for (const { accepted, merging } of nodes) expect(merging).toBe(accepted);
  });
});

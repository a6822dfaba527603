import { after, arrived, askMove, finish, lostHuman, mayArrive, openBridge, removeHuman, step } from './step.js';
import type { PhaseTable } from './step.js';

export const apart: PhaseTable<'apart'> = {
  prepare: (state) => {
    const { links } = state;
    if (!links.ways.bridge || links.bridge !== 'none') return step(state);
    return step({ ...state, links: { ...links, bridge: 'shut' } }, { type: 'prepare-bridge' });
  },
  merge: (state, { withholdMs }) => {
    const links = { ...state.links, withholdMs };
    if (!links.ways.move) return openBridge(links);
    const asked = askMove(links);
    return step(
      { phase: 'moving', links: asked.links },
      ...asked.effects,
      ...(links.ways.bridge ? [{ type: 'set-timer', timer: 'bridge-due' } as const] : []),
    );
  },
  'consult-left': ({ links }, { end }) => finish(links, end),
  'caller-lost': ({ links }, { end }) => finish(links, end),
  // By a move that was given up, of a merge that was reported as failed.
  'human-arrived': (state) => {
    if (!mayArrive(state.links)) return step(state);
    const { links, effects } = removeHuman(arrived(state.links));
    return after(effects, finish(links, lostHuman(links)));
  },
};

import { arrived, mayArrive } from './links.js';
import { after, askMove, finish, humanLost, openBridge, type PhaseTable, removeHuman, step } from './step.js';

export const apart: PhaseTable<'apart'> = {
  'publish-tracks': (state) => {
    const { links } = state;
    if (!links.ways.bridge || links.bridge !== 'none') return step(state);
    return step({ ...state, links: { ...links, bridge: 'ready' } }, { type: 'publish-tracks' });
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
  // An abandoned move of a merge that was reported as failed has happened after all.
  'human-arrived': (state) => {
    if (!mayArrive(state.links)) return step(state);
    const { links, effects } = removeHuman(arrived(state.links));
    return after(effects, finish(links, humanLost(links)));
  },
};

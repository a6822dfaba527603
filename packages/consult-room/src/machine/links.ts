import type { ConsultRoomError } from '../consult-room-error.js';
import type { Request } from './effect.js';
import type { Links } from './state.js';

/** Numbers a request. Its effect has the ID that its answer must have. */
export function ask(links: Links, request: Request): { readonly links: Links; readonly id: number } {
  const id = links.lastId + 1;
  return { links: { ...links, lastId: id, awaiting: { ...links.awaiting, [request]: id } }, id };
}

/** Ignores the answer to a request from here on. */
export function forget(links: Links, request: Request): Links {
  const { [request]: _forgotten, ...awaiting } = links.awaiting;
  return { ...links, awaiting };
}

/** Whether the human agent may still join the caller room because of a requested move. */
export function mayArrive(links: Links): boolean {
  return links.unseenMoves > 0;
}

/** Counts a move that was observed. Another one, requested before or after it, may still happen. */
export function arrived(links: Links): Links {
  return { ...forget(links, 'move'), unseenMoves: Math.max(0, links.unseenMoves - 1) };
}

/** Expects no further move: the human agent is in the caller room, or it is too late. */
export function expectNoMove(links: Links): Links {
  return { ...links, unseenMoves: 0 };
}

/**
 * Records that the move was answered or abandoned. Only a server that cannot move participants will not perform it
 * later.
 */
export function moveAnswered(links: Links, error?: ConsultRoomError): Links {
  return error?.code === 'not-implemented' ? arrived(links) : forget(links, 'move');
}

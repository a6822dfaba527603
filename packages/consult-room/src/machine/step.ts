import { DisconnectReason } from '@livekit/rtc-node';
import { ConsultRoomError } from '../consult-room-error.js';
import type { MergeEnd } from '../merge/merge-result.js';
import type { Effect, Request } from './effect.js';
import type { TableEvent } from './event.js';
import { hungUpMs } from './limits.js';
import type { Failure, Links, Phase, StrategyState } from './state.js';
import type { MachineStep, MachineTable } from '../async/machine.js';

export { after } from '../async/machine.js';

export type Step = MachineStep<StrategyState, Effect>;

/** The handlers of one phase. An event without one changes nothing. */
export type PhaseTable<P extends Phase> = MachineTable<StrategyState, TableEvent, Effect, P>;

type StateOf<P extends Phase> = Extract<StrategyState, { readonly phase: P }>;

export type StrategyTable = { readonly [P in Phase]: PhaseTable<P> };

export function step(state: StrategyState, ...effects: readonly Effect[]): Step {
  return { state, effects };
}

/** Numbers a request. Its effect carries the id that its answer must have. */
export function ask(links: Links, request: Request): { readonly links: Links; readonly id: number } {
  const id = links.lastId + 1;
  return { links: { ...links, lastId: id, awaiting: { ...links.awaiting, [request]: id } }, id };
}

/** Ignores the answer to a request from here on. */
export function forget(links: Links, request: Request): Links {
  const { [request]: _forgotten, ...awaiting } = links.awaiting;
  return { ...links, awaiting };
}

/** Asks the server to move the human agent into the caller's room. */
export function askMove(links: Links): { readonly links: Links; readonly effects: readonly Effect[] } {
  const asked = ask({ ...links, unseenMoves: links.unseenMoves + 1 }, 'move');
  return {
    links: asked.links,
    effects: [
      { type: 'move', id: asked.id },
      { type: 'set-timer', timer: 'answer-due' },
      { type: 'set-timer', timer: 'landing-over' },
    ],
  };
}

/** Waits in the caller's room for a human agent who left the consult room, while they may be on their way. */
export function awaitLanding(left: MergeEnd): Effect {
  const hasHungUp = left.cause === 'human-left' && left.left.how === 'hung-up';
  return { type: 'set-timer', timer: 'landing-due', ...(hasHungUp && { limitMs: hungUpMs }) };
}

/** Whether the human agent was asked to move, and may still come into the caller's room by that. */
export function mayArrive(links: Links): boolean {
  return links.unseenMoves > 0;
}

/** A move has been seen to happen. One that was asked for before, or after, may still be to come. */
export function arrived(links: Links): Links {
  return { ...forget(links, 'move'), unseenMoves: Math.max(0, links.unseenMoves - 1) };
}

/** No move is to come: the human agent is where they were to be moved, or it is too late. */
export function noneToCome(links: Links): Links {
  return { ...links, unseenMoves: 0 };
}

/** The request to move was answered or given up. Only a server that cannot move participants never does it later. */
export function moveAnswered(links: Links, error?: ConsultRoomError): Links {
  return error?.code === 'not-implemented' ? arrived(links) : forget(links, 'move');
}

/** Closes the gate, and ignores what the proof would still report. */
export function shutBridge(links: Links): { readonly links: Links; readonly effects: readonly Effect[] } {
  if (links.bridge !== 'open') return { links, effects: [] };
  return { links: { ...forget(links, 'open-bridge'), bridge: 'shut' }, effects: [{ type: 'shut-bridge' }] };
}

export function closeBridge(links: Links): { readonly links: Links; readonly effects: readonly Effect[] } {
  if (links.bridge === 'none') return { links, effects: [] };
  return { links: { ...forget(links, 'open-bridge'), bridge: 'none' }, effects: [{ type: 'close-bridge' }] };
}

/** Opens the gate, and proves both directions. */
export function openBridge(links: Links): Step {
  const asked = ask({ ...links, bridge: 'open' }, 'open-bridge');
  return step(
    { phase: 'bridging', links: asked.links },
    { type: 'open-bridge', id: asked.id, withholdMs: links.withholdMs },
  );
}

/** Ends the merge for good. `failure` resolves the merge that is running. */
export function finish(links: Links, end: MergeEnd, failure?: Failure): Step {
  const closed = closeBridge(links);
  const ended = rest({ phase: 'ended', links: closed.links, end });
  return step(
    ended.state,
    ...closed.effects,
    { type: 'end', end },
    ...(failure ? [{ type: 'settle', result: failure } as const] : []),
    ...ended.effects,
  );
}

/** Releases a merge that was closed as soon as nothing of it is to come. */
export function rest(state: StateOf<'ended'>): Step {
  const { links } = state;
  const isOver = links.closed && !mayArrive(links) && links.awaiting.promote === undefined;
  return isOver ? step(state, { type: 'release' }) : step(state);
}

export function failureOf({ cause }: MergeEnd): Failure {
  return { merged: false, reason: cause };
}

/** The end for a human agent who is in neither room, or who is being removed. */
export function lostHuman({ humanIdentity: identity }: Links): MergeEnd {
  return { cause: 'human-left', left: { identity, how: 'lost', reason: DisconnectReason.UNKNOWN_REASON } };
}

/** Removes a human agent from the caller's room who is not counted as merged. */
export function removeHuman(links: Links): { readonly links: Links; readonly effects: readonly Effect[] } {
  const asked = ask(links, 'remove');
  return { links: asked.links, effects: [{ type: 'remove', id: asked.id }] };
}

/** The error of a request that the shell never answered. */
export function unanswered(): ConsultRoomError {
  return new ConsultRoomError('timeout', 'move a participant: no answer');
}

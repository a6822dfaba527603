import { DisconnectReason } from '@livekit/rtc-node';
import type { MachineStep, MachineTable } from '../async/machine.js';
import { ConsultRoomError } from '../consult-room-error.js';
import type { MergeEnd } from '../merge/merge-result.js';
import type { Effect } from './effect.js';
import type { TableEvent } from './event.js';
import { hungUpMs } from './limits.js';
import { ask, forget, mayArrive } from './links.js';
import type { Failure, Links, Phase, StrategyState } from './state.js';

export { after } from '../async/machine.js';

export type Step = MachineStep<StrategyState, Effect>;

/** The handlers of one phase. An event without a handler changes nothing. */
export type PhaseTable<P extends Phase> = MachineTable<StrategyState, TableEvent, Effect, P>;

type StateOf<P extends Phase> = Extract<StrategyState, { readonly phase: P }>;

export type StrategyTable = { readonly [P in Phase]: PhaseTable<P> };

export function step(state: StrategyState, ...effects: readonly Effect[]): Step {
  return { state, effects };
}

/** Asks the server to move the human agent into the caller room. */
export function askMove(links: Links): { readonly links: Links; readonly effects: readonly Effect[] } {
  const asked = ask({ ...links, unseenMoves: links.unseenMoves + 1 }, 'move');
  return {
    links: asked.links,
    effects: [
      { type: 'move', id: asked.id },
      { type: 'set-timer', timer: 'answer-due' },
      { type: 'set-timer', timer: 'move-expired' },
    ],
  };
}

/** Waits for a human agent who left the consult room, and may be about to join the caller room. */
export function awaitArrival(left: MergeEnd): Effect {
  const hasHungUp = left.cause === 'human-left' && left.left.how === 'hung-up';
  return { type: 'set-timer', timer: 'arrival-due', ...(hasHungUp && { timeoutMs: hungUpMs }) };
}

/** Closes the gate, and ignores the result of the verification. */
export function closeGate(links: Links): { readonly links: Links; readonly effects: readonly Effect[] } {
  if (links.bridge !== 'open') return { links, effects: [] };
  return { links: { ...forget(links, 'open-bridge'), bridge: 'ready' }, effects: [{ type: 'close-gate' }] };
}

export function closeBridge(links: Links): { readonly links: Links; readonly effects: readonly Effect[] } {
  if (links.bridge === 'none') return { links, effects: [] };
  return { links: { ...forget(links, 'open-bridge'), bridge: 'none' }, effects: [{ type: 'close-bridge' }] };
}

/** Opens the gate, and verifies both directions. */
export function openBridge(links: Links): Step {
  const asked = ask({ ...links, bridge: 'open' }, 'open-bridge');
  return step(
    { phase: 'bridging', links: asked.links },
    { type: 'open-bridge', id: asked.id, withholdMs: links.withholdMs },
  );
}

/** Ends the merge for good. `failure` resolves the running merge. */
export function finish(links: Links, end: MergeEnd, failure?: Failure): Step {
  const closed = closeBridge(links);
  const ended = releaseWhenDone({ phase: 'ended', links: closed.links, end });
  return step(
    ended.state,
    ...closed.effects,
    { type: 'end', end },
    ...(failure ? [{ type: 'settle', result: failure } as const] : []),
    ...ended.effects,
  );
}

/** Releases a merge that was closed, as soon as nothing of it can still happen. */
export function releaseWhenDone(state: StateOf<'ended'>): Step {
  const { links } = state;
  const isOver = links.closed && !mayArrive(links) && links.awaiting.promote === undefined;
  return isOver ? step(state, { type: 'release' }) : step(state);
}

export function toFailure({ cause }: MergeEnd): Failure {
  return { merged: false, reason: cause };
}

/** Returns the end for a human agent who is in neither room, or who is being removed. */
export function humanLost({ humanIdentity: identity }: Links): MergeEnd {
  return { cause: 'human-left', left: { identity, how: 'lost', reason: DisconnectReason.UNKNOWN_REASON } };
}

/** Removes a human agent from the caller room who is not counted as merged. */
export function removeHuman(links: Links): { readonly links: Links; readonly effects: readonly Effect[] } {
  const asked = ask(links, 'remove');
  return { links: asked.links, effects: [{ type: 'remove', id: asked.id }] };
}

/** Returns the error of a request that the runner never answered. */
export function unanswered(): ConsultRoomError {
  return new ConsultRoomError('timeout', 'move a participant: no answer');
}

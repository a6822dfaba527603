import type { Effect, Request } from '../../src/machine/effect.ts';
import type { StrategyEvent } from '../../src/machine/event.ts';
import type { StrategyState } from '../../src/machine/state.ts';

/** Answers that decide a phase. */
const decisive: readonly string[] = [
  'moving / move-answered',
  'moving / bridge-verified',
  'bridging / bridge-verified',
  'verifying / move-verified',
  'verifying / move-unverified',
  'undoing / move-answered',
  'undoing / move-back-answered',
  'undoing / human-removed',
  'promoting / promotion-ended',
];

/** Yields the faults of a single step. */
export function* wrongSteps(
  before: StrategyState,
  event: StrategyEvent,
  after: StrategyState,
  effects: readonly Effect[],
  tracks: boolean,
): Generator<string> {
  const has = (type: Effect['type']): boolean => effects.some((effect) => effect.type === type);
  if (before.phase === 'ended' && after.phase !== 'ended') yield `it continues as ${after.phase}`;
  for (const request of unasked(before, after, effects))
    yield `it waits for an answer that it has not requested: ${request}`;
  if (!isLimited(before, after, effects)) yield 'a request has no timeout';
  if (!isNews(before, event)) return;
  if (decisive.includes(`${before.phase} / ${event.type}`) && !('left' in before) && isSame(before, after))
    yield `${before.phase}: ${event.type} decides nothing`;
  if (isRefusal(before, event) && !has('warn') && !('left' in before)) yield 'a rejection is not reported';
  if (
    event.type === 'publish-tracks' &&
    before.phase === 'apart' &&
    before.links.ways.bridge &&
    !tracks &&
    !has('publish-tracks')
  )
    yield 'no tracks are published';
  const mayPromote = before.phase === 'bridged' && before.links.unseenMoves === 0 && !before.left;
  if (event.type === 'promote' && mayPromote && after.phase !== 'promoting') yield 'it is not promoted';
  const isOldLeg = event.type === 'consult-left' && event.end.cause === 'human-left' && before.phase === 'promoting';
  if (isOldLeg && !has('old-leg-ended')) yield 'the promotion does not learn of the end of the old leg';
}

function unasked(before: StrategyState, after: StrategyState, effects: readonly Effect[]): readonly string[] {
  const waits = Object.entries(after.links.awaiting) as [Request, number][];
  return waits
    .filter(([request, id]) => before.links.awaiting[request] !== id && !isAsked(effects, request, id))
    .map(([request]) => request);
}

function isAsked(effects: readonly Effect[], request: Request, id: number): boolean {
  return effects.some((effect) => effect.type === request && 'id' in effect && effect.id === id);
}

/** Whether an event is more than an answer that no request waits for. */
function isNews(before: StrategyState, event: StrategyEvent): boolean {
  return !('id' in event) || Object.values(before.links.awaiting).includes(event.id);
}

function isSame(before: StrategyState, after: StrategyState): boolean {
  return before.phase === after.phase && stageOf(before) === stageOf(after);
}

function stageOf(state: StrategyState): string | undefined {
  return 'stage' in state ? state.stage : undefined;
}

function isRefusal(before: StrategyState, event: StrategyEvent): boolean {
  const isError = 'error' in event && event.error !== undefined && event.error.code !== 'not-implemented';
  // Without another way, the rejection is the result.
  const isListening = ['moving', 'bridged'].includes(before.phase) && before.links.ways.bridge;
  if (event.type === 'answer-due') return isListening && before.links.awaiting.move !== undefined;
  return isError && (event.type === 'move-back-answered' || isListening);
}

/** The runner may never answer these. */
const limited: readonly Request[] = ['move', 'move-back', 'remove'];

function isLimited(before: StrategyState, after: StrategyState, effects: readonly Effect[]): boolean {
  if (after.phase !== 'moving' && after.phase !== 'undoing') return true;
  const isNew = limited.some(
    (one) => after.links.awaiting[one] !== undefined && after.links.awaiting[one] !== before.links.awaiting[one],
  );
  const isRunning = before.phase === 'undoing' && isSame(before, after);
  return !isNew || isRunning || effects.some((effect) => effect.type === 'set-timer' && effect.timer === 'answer-due');
}

import type { Effect, Request } from '../../src/machine/effect.ts';
import type { StrategyEvent } from '../../src/machine/event.ts';
import type { StrategyState } from '../../src/machine/state.ts';

/** Answers that decide in a phase. */
const decisive: readonly string[] = [
  'moving / move-answered',
  'moving / bridge-proven',
  'bridging / bridge-proven',
  'proving / move-proven',
  'proving / move-unproven',
  'undoing / move-answered',
  'undoing / move-back-answered',
  'undoing / human-removed',
  'promoting / promotion-ended',
];

/** What is wrong with one step, by itself. */
export function* wrongSteps(
  before: StrategyState,
  event: StrategyEvent,
  after: StrategyState,
  effects: readonly Effect[],
  tracks: boolean,
): Generator<string> {
  const has = (type: Effect['type']): boolean => effects.some((effect) => effect.type === type);
  if (before.phase === 'ended' && after.phase !== 'ended') yield `it goes on as ${after.phase}`;
  for (const request of unasked(before, after, effects)) yield `it waits for what it has not asked for: ${request}`;
  if (!isLimited(before, after, effects)) yield 'what it has asked for has no limit';
  if (!isNews(before, event)) return;
  if (decisive.includes(`${before.phase} / ${event.type}`) && !('left' in before) && isSame(before, after))
    yield `${before.phase}: ${event.type} decides nothing`;
  if (isRefusal(before, event) && !has('warn') && !('left' in before)) yield 'a refusal is not reported';
  if (
    event.type === 'prepare' &&
    before.phase === 'apart' &&
    before.links.ways.bridge &&
    !tracks &&
    !has('prepare-bridge')
  )
    yield 'no bridge is prepared';
  const mayPromote = before.phase === 'bridged' && before.links.unseenMoves === 0 && !before.left;
  if (event.type === 'promote' && mayPromote && after.phase !== 'promoting') yield 'it is not promoted';
  const isOldLine = event.type === 'consult-left' && event.end.cause === 'human-left' && before.phase === 'promoting';
  if (isOldLine && !has('old-line-ended')) yield 'the promotion does not learn of the end of the old line';
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

/** An answer that nothing waits for is none. */
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
  // Where there is no other way, the refusal is the result.
  const isListening = ['moving', 'bridged'].includes(before.phase) && before.links.ways.bridge;
  if (event.type === 'answer-due') return isListening && before.links.awaiting.move !== undefined;
  return isError && (event.type === 'move-back-answered' || isListening);
}

/** The shell may never answer these. */
const limited: readonly Request[] = ['move', 'move-back', 'remove'];

function isLimited(before: StrategyState, after: StrategyState, effects: readonly Effect[]): boolean {
  if (after.phase !== 'moving' && after.phase !== 'undoing') return true;
  const isNew = limited.some(
    (one) => after.links.awaiting[one] !== undefined && after.links.awaiting[one] !== before.links.awaiting[one],
  );
  const isRunning = before.phase === 'undoing' && isSame(before, after);
  return !isNew || isRunning || effects.some((effect) => effect.type === 'set-timer' && effect.timer === 'answer-due');
}

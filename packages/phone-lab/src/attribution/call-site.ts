import { fileURLToPath } from 'node:url';

/** The directory of this package: its `src` or `dist`. */
const own: string = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../origin', import.meta.url));

/** Frames of the test runner, such as `expect.poll()`, whose resources are not the test's. */
const runner = /\/node_modules\/(?:@vitest|vitest)\//;

const framesRead = 30;
const framesShown = 2;

/** A captured stack. Formatting it as text, the expensive part, happens only when it is read. */
export interface CapturedStack {
  readonly stack?: string;
}

/** Captures the current stack, above a function if one is given. */
export function captureStack(above: (...given: never[]) => unknown = captureStack): CapturedStack {
  const held: CapturedStack = {};
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = framesRead;
  Error.captureStackTrace(held, above);
  Error.stackTraceLimit = before;
  return held;
}

/**
 * Returns the lines of the program in a stack, the nearest first, such as `/app/agent.ts:12 < /app/main.ts:3`, without those of
 * packages, including this one. Returns undefined if there are none.
 */
export function userFrames(held: CapturedStack): string | undefined {
  const shown = placesIn(held).filter((place) => !place.startsWith(own));
  return shown.length === 0 ? undefined : shown.slice(0, framesShown).join(' < ');
}

/** Whether this package or the test runner acted on its own, rather than for a program or a package that it uses. */
export function isLabInternal(held: CapturedStack): boolean {
  const [nearest] = allPlacesIn(held);
  return placesIn(held)[0]?.startsWith(own) === true || (nearest !== undefined && runner.test(nearest));
}

/** Returns the places outside of packages. */
function placesIn(held: CapturedStack): string[] {
  return allPlacesIn(held).filter((place) => place.startsWith(own) || !place.includes('/node_modules/'));
}

function allPlacesIn({ stack = '' }: CapturedStack): string[] {
  return stack.split('\n').flatMap((line) => placeOf(line) ?? []);
}

/** Returns `/file:line` of a line of a stack, and undefined for Node.js itself. */
function placeOf(line: string): string | undefined {
  if (line.includes('node:')) return undefined;
  const [, place] = /(?:file:\/\/)?(\/[^()]*:\d+):\d+\)?$/.exec(line) ?? [];
  return place;
}

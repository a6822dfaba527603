import { fileURLToPath } from 'node:url';

/** Where this package lies: its `src` or `dist`. */
const own: string = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../origin', import.meta.url));

/** What `expect.poll()` and its like open is no concern of the test. */
const runner = /\/node_modules\/(?:@vitest|vitest)\//;

const framesRead = 30;
const framesShown = 2;

/** A stack as it was at some moment. It becomes text, which is the expensive part, only when it is read. */
export interface CapturedStack {
  readonly stack?: string;
}

/** The stack of now, above a function if one is given. */
export function captureStack(above: (...given: never[]) => unknown = captureStack): CapturedStack {
  const held: CapturedStack = {};
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = framesRead;
  Error.captureStackTrace(held, above);
  Error.stackTraceLimit = before;
  return held;
}

/**
 * The lines of the program that a stack shows, the nearest first, such as `/app/agent.ts:12 < /app/main.ts:3`; packages, this
 * one included, are left out. Undefined when the stack shows no program.
 */
export function userFrames(held: CapturedStack): string | undefined {
  const shown = placesIn(held).filter((place) => !place.startsWith(own));
  return shown.length === 0 ? undefined : shown.slice(0, framesShown).join(' < ');
}

/** Whether this package or the test runner acted for its own purposes, rather than a program or a package that it uses. */
export function isLabInternal(held: CapturedStack): boolean {
  const [nearest] = allPlacesIn(held);
  return placesIn(held)[0]?.startsWith(own) === true || (nearest !== undefined && runner.test(nearest));
}

/** Without those in packages. */
function placesIn(held: CapturedStack): string[] {
  return allPlacesIn(held).filter((place) => place.startsWith(own) || !place.includes('/node_modules/'));
}

function allPlacesIn({ stack = '' }: CapturedStack): string[] {
  return stack.split('\n').flatMap((line) => placeOf(line) ?? []);
}

/** `/file:line` of a line of a stack; Node.js itself has no file. */
function placeOf(line: string): string | undefined {
  if (line.includes('node:')) return undefined;
  const [, place] = /(?:file:\/\/)?(\/[^()]*:\d+):\d+\)?$/.exec(line) ?? [];
  return place;
}

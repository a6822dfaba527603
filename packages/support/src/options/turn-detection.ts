import { either } from './combine.js';
import type { OptionCheck } from './option-problem.js';
import { object, oneOf } from './rules.js';

export function hasMethod(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}

/** Checks how a session of `@livekit/agents` finds the end of a turn: by a name, or by a detector. */
export const turnDetection: OptionCheck = either(
  "'stt', 'vad', 'realtime_llm', 'manual' or a detector of turns",
  [(value) => typeof value === 'string', oneOf('stt', 'vad', 'realtime_llm', 'manual')],
  // By sound, in streams; or by words.
  [(value) => hasMethod(value, 'stream'), object('a detector of turns', 'stream')],
  [(value) => value !== null, object('a detector of turns', 'predictEndOfTurn')],
);

import {
  checkWhole,
  either,
  isObject,
  nullable,
  type OptionCheck,
  required,
  shape,
  type ShapeFields,
  string,
  text,
  unknownNames,
} from '@org/support';
import type { WarmTransferTaskOptions } from './task-options.js';
import { anObject, elsewhere, isNonNull, isString } from '../options/checks/common-checks.js';
import { endOfCall, settings } from '../options/transfer-shape.js';

/** A string, or LiveKit's object that has one as `value`. */
const prompt = either('a string or llm.Instructions', [isString, string], [hasValue, elsewhere]);

function hasValue(given: unknown): boolean {
  return typeof given === 'object' && given !== null && typeof Reflect.get(given, 'value') === 'string';
}

const fields: ShapeFields<WarmTransferTaskOptions> = {
  ...settings,
  sipConnection: nullable(anObject),
  instructions: either(
    'a string or { persona, extra }',
    [isString, string],
    [isNonNull, shape({ persona: prompt, extra: prompt }, 'a string or { persona, extra }')],
  ),
  extraInstructions: string,
  transferTo: text,
  callerIdentity: text,
  // Validated as `holdAudio`.
  holdMusicUrl: elsewhere,
  onJobEnd: endOfCall('leave', 'hang-up'),
};

const known = Object.keys(fields);
const taskOptions: OptionCheck = required(shape(fields));

/** Validates the options of the task, and returns the unknown names, which are ignored as by LiveKit's task. */
export function checkTaskOptions(options: unknown): {
  readonly problems: ReturnType<OptionCheck>;
  readonly unknown: ReturnType<OptionCheck>;
} {
  const unknown = isObject(options) ? unknownNames(options, known) : [];
  const names = new Set(unknown.map(({ option }) => option));
  return { unknown, problems: checkWhole(taskOptions, options).filter(({ option }) => !names.has(option)) };
}

/** Returns the options without unknown names. */
export function knownOptions(options: WarmTransferTaskOptions): WarmTransferTaskOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => known.includes(name)),
  ) as WarmTransferTaskOptions;
}

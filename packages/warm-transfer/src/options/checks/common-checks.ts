import { checkReferTo } from '@org/sip-dialer';
import { either, isObject, object, type OptionCheck, problem, required, shape, string, text } from '@org/support';
import { collectProblems } from './validate.js';

export function isString(value: unknown): boolean {
  return typeof value === 'string';
}

export function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/** Accepts every value: it is validated elsewhere, under the same name. */
export const elsewhere: OptionCheck = () => [];

/** An object whose options another package validates. */
export const anObject: OptionCheck = (value, option) =>
  value === undefined || isObject(value) ? [] : shape({})(value, option);

/** A string, or a function that starts the speech. */
export const speech: OptionCheck = either(
  'a string, or a function that starts the speech',
  [isString, text],
  [isFunction, elsewhere],
);

/** Prompt of the briefing. */
export const instructions: OptionCheck = either(
  'a string or { persona, extra }',
  [isString, string],
  [isNonNull, shape({ persona: string, extra: string }, 'a string or { persona, extra }')],
);

export function isNonNull(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** A model, or a string that names one of LiveKit's inference. */
export function model(what: string, ...methods: readonly string[]): OptionCheck {
  return either(`${what}, or a string that names one`, [isString, text], [isNonNull, object(what, ...methods)]);
}

/** A valid target of a REFER. */
export const referTarget: OptionCheck = required((value, option) => {
  const found = text(value, option);
  if (typeof value !== 'string' || found.length > 0) return found;
  return collectProblems(
    () => void checkReferTo(value),
    () => option,
  ).map(({ reason }) => problem(option, reason));
});

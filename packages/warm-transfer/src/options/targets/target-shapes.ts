import {
  either,
  isObject,
  list,
  milliseconds,
  nullable,
  oneOf,
  type OptionCheck,
  record,
  required,
  rule,
  shape,
  type ShapeFields,
  shownByKind,
  string,
  text,
} from '@org/support';
import { isTime, isTimeZone, type OpeningHours, type Weekday, weekdays } from './opening-hours.js';
import type { TransferDepartment, TransferTarget } from './transfer-target.js';
import { anObject, elsewhere, instructions, isFunction, isString, speech } from '../checks/common-checks.js';

const spans = rule(
  "['HH:MM', 'HH:MM'] or a list of such",
  (value) => isSpan(value) || (isList(value) && value.every(isSpan)),
);

function isSpan(value: unknown): boolean {
  return isList(value) && value.length === 2 && value.every(isTime);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

const hours: ShapeFields<OpeningHours> = {
  timeZone: required(rule('an IANA time zone such as Europe/Berlin', isTimeZone)),
  week: required(
    shape(Object.fromEntries(weekdays.map((day) => [day, spans])) as ShapeFields<Record<Weekday, unknown>>),
  ),
  closedOn: list(rule('a date YYYY-MM-DD', (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value))),
};

export const openingHours: OptionCheck = shape(hours);

const callerNumber = /^(?:trunk|caller|\+?\d[\d ().-]{1,30})$/;

/** The caller ID of a call: a word, or a number. */
export const callerId: OptionCheck = rule(
  'trunk, caller or a phone number',
  (value) => typeof value === 'string' && callerNumber.test(value),
  shownByKind,
);

/** Strictness of the check of a number. */
export const numberCheck: OptionCheck = oneOf('strict', 'lenient', 'off');

/** The options of a call; the dialer validates them further. */
const call = {
  sipNumber: string,
  callerId,
  numberCheck,
  sipHeaders: anObject,
  sipTrunkId: nullable(text),
  sipConnection: anObject,
  dtmf: nullable(string),
  ringingTimeout: nullable(milliseconds(1000, 600_000)),
};

const target: ShapeFields<TransferTarget> = {
  ...call,
  sipCallTo: required(text),
  name: text,
  greetingSpeech: nullable(speech),
  instructions,
  openingHours,
};

const aTarget = 'a phone number or SIP URI, or have one as `sipCallTo`';
const targetLike = either(aTarget, [isString, text], [isObject, shape(target)]);
const winner = oneOf('answer', 'accept');

const stage = shape({
  targets: required(
    either('a target or a list of targets', [Array.isArray, list(targetLike)], [() => true, targetLike]),
  ),
  nextAfterMs: milliseconds(),
});

function has(name: string): (value: unknown) => boolean {
  return (value) => isObject(value) && name in value;
}

/** One target, a list, several in parallel or stages. */
export const targetPlan: OptionCheck = either(
  'a phone number, a target, a list of targets, { ringAll } or { stages }',
  [isString, text],
  [Array.isArray, list(targetLike)],
  [has('ringAll'), shape({ ringAll: required(list(targetLike)), winner })],
  [has('stages'), shape({ stages: required(list(stage)), winner })],
  [isObject, shape(target)],
);

/** A plan, or the function that returns it. */
export const targets: OptionCheck = either(
  'a phone number, a target, a list of targets, { ringAll }, { stages } or a function',
  [isFunction, elsewhere],
  [() => true, targetPlan],
);

const department: ShapeFields<TransferDepartment> = { targets: required(targets), openingHours };

export const departments: OptionCheck = record(
  either('targets, or { targets, openingHours }', [has('targets'), shape(department)], [() => true, targets]),
);

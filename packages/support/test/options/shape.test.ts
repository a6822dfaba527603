import { describe, expect, it } from 'vitest';
import {
  absent,
  callback,
  checkWhole,
  describeProblems,
  either,
  flag,
  list,
  milliseconds,
  nullable,
  object,
  oneOf,
  record,
  required,
  secret,
  shape,
  text,
  whole,
} from '../../src/index.ts';

const call = shape({
  to: required(text),
  apiSecret: secret,
  ringingTimeoutMs: milliseconds(1000, 60_000),
  tries: whole(1),
  dryRun: flag,
  mode: oneOf('fast', 'slow'),
  onEnd: callback,
  service: object('a RoomService', 'listRooms', 'deleteRoom'),
  greeting: nullable(text),
  nested: shape({ values: list(milliseconds(), 1) }),
  headers: record(text),
  old: absent('has been replaced by `to`'),
  either: either('a string or { last }', [isString, text], [isRecord, shape({ last: required(whole(1)) })]),
});

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

const problemsOf = (options: unknown): string => describeProblems(checkWhole(call, options));

describe('a shape', () => {
  it('allows what is right, and what is left out or undefined', () => {
    const service = { listRooms: () => undefined, deleteRoom: () => undefined };
    expect(problemsOf({ to: 'a' })).toBe('');
    expect(problemsOf({ to: 'a', ringingTimeoutMs: undefined, headers: { a: 'b' }, service, greeting: null })).toBe('');
    expect(problemsOf({ to: 'a', either: { last: 1 }, unheardOf: undefined })).toBe('');
  });

  it('names all that is wrong, with the value and what is allowed', () => {
    expect(problemsOf({ ringingTimeoutMs: '60000', tries: 1.5, mode: 'quick', nested: { values: [1, '2'] } })).toBe(
      [
        '`to` is missing: it must be a string that is not empty',
        '`ringingTimeoutMs` must be a number of milliseconds from 1000 to 60000, not "60000"',
        '`tries` must be a whole number of at least 1, not 1.5',
        "`mode` must be one of 'fast', 'slow', not \"quick\"",
        '`nested.values[1]` must be a number of milliseconds from 1 to 2147483647, not "2"',
      ].join('; '),
    );
  });

  it.each<[object, string]>([
    [{ dryRun: 0 }, '`dryRun` must be true or false, not 0'],
    [{ onEnd: {} }, '`onEnd` must be a function, not an object'],
    [{ service: { listRooms: 1 } }, '`service` must be a RoomService, with listRooms(), deleteRoom(), not an object'],
    [{ greeting: '' }, '`greeting` must be null or a string that is not empty, not an empty string'],
    [{ nested: { values: [] } }, '`nested.values` must be a list of at least 1, not an empty list'],
    [{ nested: new Date() }, '`nested` must be an object, not an object of class Date'],
    [{ headers: { a: 1 } }, '`headers.a` must be a string that is not empty, not 1'],
    [{ headers: new Map() }, '`headers` must be a plain object, not an object of class Map'],
    [{ old: 1 }, '`old` has been replaced by `to`'],
    [{ either: 5 }, '`either` must be a string or { last }, not 5'],
    [{ either: {} }, '`either.last` is missing: it must be a whole number of at least 1'],
  ])('refuses %j', (options, message) => {
    expect(problemsOf({ to: 'a', ...options })).toBe(message);
  });

  it.each([undefined, null, 5, 'to', [], new Map(), () => undefined])('refuses %s in place of options', (options) => {
    expect(describeProblems(checkWhole(required(call), options))).toMatch(
      /^`options` (is missing: it )?must be an object/,
    );
  });

  it('never repeats a secret, nor the words of a string', () => {
    expect(problemsOf({ to: 'a', apiSecret: 123_456 })).toBe(
      '`apiSecret` must be a string that is not empty, not a value of type number',
    );
    expect(problemsOf({ to: 'a', service: 'my password' })).not.toContain('password');
  });

  it('refuses unknown names, and gives the nearest one', () => {
    const options = { to: 'a', ringingTimeout: 1, onend: 1, tires: 1, entirelyOther: 1 };
    expect(problemsOf(options).split('; ')).toEqual([
      '`ringingTimeout` is unknown',
      'did you mean `ringingTimeoutMs`?',
      '`onend` is unknown',
      'did you mean `onEnd`?',
      '`tires` is unknown',
      'did you mean `tries`?',
      '`entirelyOther` is unknown',
    ]);
    expect(problemsOf({ to: 'a', nested: { value: 1 } })).toBe(
      '`nested.value` is unknown; did you mean `nested.values`?',
    );
  });

  it('refuses what throws when it is read', () => {
    const options = {
      get to(): string {
        throw new RangeError('raw');
      },
    };
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(problemsOf(options)).toBe('`to` cannot be read: its getter throws');
    expect(problemsOf({ to: 'a', nested: proxy })).toBe(
      '`nested` must be an object, not an object that cannot be read',
    );
    expect(problemsOf({ to: proxy, service: proxy })).toContain('`to` must be');
  });
});

class Stranger {
  readonly oddity = 1;
}

/** Throws however it is looked at. */
function unreadable(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Wrong values that JavaScript lets users write, by name. Almost no option allows more than a few. */
export const wrongValues: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['abc', 'abc'],
  ['empty', ''],
  ['blank', ' '],
  ['digits', '60000'],
  ['lines', 'a\r\nVia: b'],
  ['long', 'x'.repeat(100_000)],
  ['0', 0],
  ['-1', -1],
  ['1.5', 1.5],
  ['2**53', 2 ** 53],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['1n', 1n],
  ['true', true],
  ['false', false],
  ['null', null],
  ['{}', {}],
  ['{ unknown }', { nonsuch: { deeper: 1 } }],
  ['[]', []],
  ['[1]', [1]],
  ['[null]', [null]],
  ['function', () => undefined],
  ['symbol', Symbol('wrong')],
  ['Map', new Map([['a', 'b']])],
  ['Set', new Set(['a'])],
  ['Date', new Date(0)],
  ['RegExp', /x/],
  ['Error', new Error('wrong')],
  ['Promise', Promise.resolve('late')],
  ['bytes', new Uint8Array(2)],
  ['class instance', new Stranger()],
  ['AbortController', new AbortController()],
  ['unreadable', unreadable()],
]);

/** The wrong values that some kinds of options allow all the same. */
export const allowing: Readonly<Record<AllowedKind, readonly string[]>> = {
  nothing: [],
  text: ['abc', 'digits', 'lines', 'long'],
  string: ['abc', 'digits', 'lines', 'long', 'empty', 'blank'],
  /** Text in one line. */
  line: ['abc', 'digits', 'long'],
  flag: ['true', 'false'],
  callback: ['function'],
  /** Numbers from 1 on, fractions too. */
  amount: ['1.5'],
  /** Objects of which no option is required. */
  object: ['{}'],
  /** Lists that may be empty. */
  list: ['[]'],
};

type AllowedKind = 'nothing' | 'text' | 'string' | 'line' | 'flag' | 'callback' | 'amount' | 'object' | 'list';

import { describe, expect, it } from 'vitest';
import { redactCardNumbers } from '../../src/prompt/redact-card-numbers.ts';

describe('a card number', () => {
  it.each([
    ['in one piece', 'it is 4111111111111111.', 'it is (card number).'],
    ['in groups', 'it is 4111 1111 1111 1111, ok?', 'it is (card number), ok?'],
    ['with dashes', '5555-5555-5555-4444', '(card number)'],
    ['of fifteen digits', 'Amex 3782 822463 10005', 'Amex (card number)'],
    ['digit by digit', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 please', '(card number) please'],
    ['after another number', 'order 12 4111 1111 1111 1111', 'order 12 (card number)'],
    ['before its date', '4111 1111 1111 1111 12 29', '(card number) 12 29'],
    ['twice', '4111111111111111 or 5555 5555 5555 4444', '(card number) or (card number)'],
  ])('is redacted: %s', (_, said, told) => {
    expect(redactCardNumbers(said)).toBe(told);
  });

  it.each([
    ['a phone number', 'call 15550142000'],
    ['a number that does not pass the check', '4111 1111 1111 1112'],
    ['a longer number', '41111111111111110000'],
    ['an amount and a date', '1999.99 on 21 11 2026'],
    ['one of an industry that issues no cards', '1234 5678 9012 3452'],
  ])('is not confused with %s', (_, said) => {
    expect(redactCardNumbers(said)).toBe(said);
  });

  it('is replaced by the given string', () => {
    expect(redactCardNumbers('4111111111111111', '(Kartennummer)')).toBe('(Kartennummer)');
  });

  it('does not slow down a long row of digits', () => {
    const row = '1 '.repeat(20_000);
    const from = performance.now();
    expect(redactCardNumbers(row)).toBe(row);
    expect(performance.now() - from).toBeLessThan(1000);
  });
});

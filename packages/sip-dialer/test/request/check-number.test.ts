import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NumberCheck, plainNumber, type SipConnection, SipDialerError } from '../../src/index.js';
import { planDial } from '../../src/request/plan-dial.js';
import { ScriptedDialer } from '../../src/testing.js';

const base = { roomName: 'room', participantIdentity: 'human', trunkId: 'ST_1' };
const connection: SipConnection = { hostname: 'pbx.example' };

/** What would be dialed, or `undefined` when it is refused. */
function dialed(to: string, numberCheck?: NumberCheck): string | undefined {
  try {
    return planDial({ ...base, to, numberCheck }).number;
  } catch (error) {
    if (SipDialerError.isInstance(error) && error.option === 'to') return undefined;
    throw error;
  }
}

const strictly = (to: string): unknown => planDial({ ...base, trunkId: null, connection, to, numberCheck: 'strict' });

describe.each<NumberCheck>(['strict', 'lenient', 'off'])('numberCheck %s', (mode) => {
  test('takes E.164 numbers of 7 to 15 digits, bare or as tel: URI', () => {
    for (const to of ['+15550100', '+6834000', '+123456789012345', 'tel:+15550100']) {
      expect(dialed(to, mode), to).toBe(to.replace('tel:', ''));
    }
  });

  test('refuses what is empty, has a line break, a host, parameters or headers', () => {
    for (const to of ['', ' ', '100\r\nX: 1', '100@pbx.example', '100;x=y', '100?x=y', 'tel:']) {
      expect(dialed(to, mode), to).toBeUndefined();
    }
  });
});

describe('a target', () => {
  test.each(['100', '0155501000', '555-0100', '(555)010-0100', '*67', '#31#', 'ann.smith', 'a%20b', 'team/7', '+1555'])(
    '"%s" is too loose for strict only',
    (to) => {
      expect(dialed(to, 'strict')).toBeUndefined();
      expect(dialed(to, 'lenient')).toBe(to);
      expect(dialed(to)).toBe(to);
      expect(dialed(to, 'off')).toBe(to);
    },
  );

  test.each([' 100', '100 ', 'ann smith', '"ann"', '<100>', 'ann:secret', 'änne', 'a%2', 'sip:ann b'])(
    '"%s" is no SIP user, and taken by off only',
    (to) => {
      expect(dialed(to, 'strict')).toBeUndefined();
      expect(dialed(to, 'lenient')).toBeUndefined();
      expect(dialed(to)).toBeUndefined();
      expect(dialed(to, 'off')).toBe(to.replace('sip:', ''));
    },
  );

  test.each(['+0155501000', '+123456', '+1234567890123456', '15550100', '*67', '911', '+911'])(
    '%s is no E.164 number',
    (to) => {
      expect(dialed(to, 'strict')).toBeUndefined();
      expect(dialed(to, 'lenient')).toBe(to);
    },
  );

  test.each([
    ['+1 (555) 010-0199', '+15550100199'],
    ['+1.555.010.0199', '+15550100199'],
    ['+49\u00A030\u202F123456', '+4930123456'],
    ['tel:+1-555-010-0199', '+15550100199'],
    ['TEL:555-0100', '5550100'],
    ['tel:*67', '*67'],
    ['sip:+1-555-0100@pbx.example', '+15550100'],
  ])('%s is dialed as %s', (to, number) => {
    const plan = planDial({ ...base, trunkId: null, connection, to, callerId: to.replace(/^sip:|@.*/g, '') });
    expect(plan.number).toBe(number);
    expect(plan.apiOptions().fromNumber).toBe(number);
  });

  test('is looked at behind its scheme, and before its host', () => {
    expect(strictly('sip:+15550100@pbx.example')).toMatchObject({ number: '+15550100' });
    expect(() => strictly('sip:ann@pbx.example')).toThrow('E.164');
  });
});

test('a refusal names the option and what is allowed, and not the number', async () => {
  const dialer = new ScriptedDialer();
  const refusal = { code: 'invalid-option', option: 'to' };
  const spaced = dialer.dial({ ...base, to: '1 555 0100' });
  await expect(spaced).rejects.toMatchObject({ ...refusal, message: expect.stringContaining('without spaces') });
  const short = dialer.dial({ ...base, to: '5550100', numberCheck: 'strict' });
  await expect(short).rejects.toMatchObject({ ...refusal, message: expect.stringContaining('E.164') });
  await expect(short).rejects.not.toMatchObject({ message: expect.stringContaining('555') });
  const mode = 'exact' as NumberCheck;
  const unknown = dialer.dial({ ...base, to: '+15550100', numberCheck: mode });
  await expect(unknown).rejects.toMatchObject({
    option: 'numberCheck',
    message: expect.stringContaining("'strict', 'lenient', 'off'"),
  });
  expect(dialer.requests).toEqual([]);
});

test('the default takes a short code, which strict rejects, and no space, which off takes', () => {
  expect([dialed('100'), dialed('100', 'strict')]).toEqual(['100', undefined]);
  expect([dialed('a b'), dialed('a b', 'off')]).toEqual([undefined, 'a b']);
});

const oneOf = (characters: string): fc.Arbitrary<string> => fc.constantFrom(...Array.from(characters));

const anyTarget = fc.oneof(
  fc.string({ unit: oneOf('+0123456789') }),
  fc.string({ unit: oneOf('+0123456789 -().*#%aZ:;@?<"/') }),
  fc.string({ unit: 'binary' }),
);

test('no mode changes more than the separators of a number, and each takes all that a stricter one takes', () => {
  const property = fc.property(anyTarget, (to) => {
    fc.pre(!/^(sips?|tel):/i.test(to));
    const [strict, lenient, off] = [dialed(to, 'strict'), dialed(to, 'lenient'), dialed(to, 'off')];
    for (const number of [strict, lenient, off]) expect([plainNumber(to), undefined]).toContain(number);
    expect([off, undefined]).toContain(lenient);
    expect([lenient, undefined]).toContain(strict);
  });
  fc.assert(property, { numRuns: 1_000 });
}, 60_000);

test('strict takes a number exactly when it is + and 7 to 15 digits, the first not 0', () => {
  const digits = fc.string({ unit: oneOf('0123456789'), maxLength: 20 });
  const property = fc.property(digits, (number) => {
    const valid = number.length >= 7 && number.length <= 15 && !number.startsWith('0');
    expect(dialed(`+${number}`, 'strict')).toBe(valid ? `+${number}` : undefined);
    expect(dialed(`x${number}`, 'strict')).toBeUndefined();
  });
  fc.assert(property, { numRuns: 1_000 });
}, 60_000);

test('lenient takes nothing with white space, quotes or brackets in it', () => {
  const odd = oneOf(' \t\u00A0\u2003"<>[]{}|\\^`:é');
  const property = fc.property(anyTarget, odd, anyTarget, (before, character, after) => {
    const to = before + character + after;
    fc.pre(!/^(sips?|tel):/i.test(to) && plainNumber(to) === to);
    expect(dialed(to)).toBeUndefined();
  });
  fc.assert(property, { numRuns: 1_000 });
}, 60_000);

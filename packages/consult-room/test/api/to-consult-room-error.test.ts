import { describe, expect, it } from 'vitest';
import { toConsultRoomError } from '../../src/api/to-consult-room-error.ts';

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJrZXkifQ.c2lnbmF0dXJl';

describe('an error of the server', () => {
  it('contains no token, neither in the message nor in the cause', () => {
    for (const error of [
      Object.assign(new Error(`invalid token: ${token}`), { status: 401 }),
      new Error(`signal failure: 401 ws://host/rtc?access_token=${token}`),
      new Error(`could not connect to ws://host/rtc?access_token=${token}`),
    ]) {
      const converted = toConsultRoomError(error, 'join the consult room', 'media');
      expect(`${converted.message} ${String(converted.cause)} ${converted.stack}`).not.toContain('eyJ');
    }
  });

  it.each<[string, unknown, string]>([
    ['a rejected secret', Object.assign(new Error('no'), { status: 401 }), 'unauthorized'],
    ['no server', Object.assign(new TypeError('fetch failed')), 'unreachable'],
    ['no answer', Object.assign(new Error('late'), { name: 'TimeoutError' }), 'timeout'],
    ['an internal error', Object.assign(new Error('internal'), { status: 500 }), 'server'],
  ])('has a code of its own: %s', (_what, error, code) => {
    expect(toConsultRoomError(error, 'create the consult room')).toMatchObject({ code });
  });
});

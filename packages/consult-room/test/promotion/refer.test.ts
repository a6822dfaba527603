import { describe, expect, it } from 'vitest';
import { refer } from '../../src/promotion/refer.ts';
import { InMemorySipService } from '../../src/testing.ts';

const request = { room: 'consult', identity: 'human', to: 'sip:1@gateway.example.test', timeoutMs: 1_000 };

function refused(fields: object, message = 'twirp error unknown: something'): Error {
  return Object.assign(new Error(message), fields);
}

describe('the answer to a REFER', () => {
  it('is a success when the phone has called', async () => {
    const sip = new InMemorySipService();
    expect(await refer(sip, request)).toEqual({ how: 'called' });
    expect(sip.transfers).toMatchObject([{ roomName: 'consult', identity: 'human', transferTo: request.to }]);
  });

  it.each([
    ['a rejection', refused({ status: 500, sipStatusCode: 603 }), 'failed', { reason: 'rejected', sipStatus: 603 }],
    ['a timeout', refused({ status: 408, code: 'deadline_exceeded' }), 'failed', { reason: 'no-answer' }],
    ['a request lost from sight', refused({ status: 408, code: 'canceled' }), 'unknown', { reason: 'no-answer' }],
    [
      'an earlier request without an answer',
      refused(
        { status: 400, code: 'invalid_argument' },
        'twirp error unknown: call already being transferred elsewhere',
      ),
      'failed',
      { reason: 'no-answer', error: { code: 'server' } },
    ],
    [
      'an address that is not valid',
      refused({ status: 400, code: 'invalid_argument' }),
      'failed',
      { reason: 'server', error: { code: 'server' } },
    ],
    ['no answer of the server', new TypeError('fetch failed'), 'unknown', { reason: 'server' }],
    [
      'a timeout of the client',
      Object.assign(new Error('late'), { name: 'TimeoutError' }),
      'unknown',
      { reason: 'server' },
    ],
  ])('is read as it is meant: %s', async (_what, error, how, failure) => {
    const sip = new InMemorySipService();
    sip.failNext('transferSipParticipant', error);
    expect(await refer(sip, request)).toMatchObject({ how, failure: { promoted: false, ...failure } });
  });
});

import type { DialFailed } from '../outcome/dial-outcome.js';
import type { DialRequest } from '../request/dial-request.js';
import type { ScriptedPhoneBehavior } from './scripted-phone.js';

/** One way for a dial to fail, as LiveKit reports it, and what it must come to. */
export interface ContractRow {
  readonly title: string;
  readonly phone: ScriptedPhoneBehavior;
  readonly expected: Partial<DialFailed>;
  readonly request?: Partial<DialRequest>;
  readonly dialer?: 'strangerDialer' | 'nowhereDialer';
}

type Status = DialFailed['status'];

const rejections: readonly (readonly [sipStatusCode: number, status: Status, retryable: boolean])[] = [
  [486, 'busy', true],
  [600, 'busy', true],
  [603, 'declined', false],
  [403, 'trunk-rejected', false],
  [404, 'invalid-number', false],
  [410, 'invalid-number', false],
  [480, 'no-answer', true],
  [408, 'no-answer', true],
  [484, 'invalid-number', false],
  [488, 'failed', false],
  [487, 'failed', true],
  [500, 'failed', true],
  [503, 'unreachable', true],
];

/** Short, because the lab waits for real; the server's unit is the second. */
const shortRing = { ringingTimeoutMs: 1_000 };

export const contractRows: readonly ContractRow[] = [
  ...rejections.map(([sipStatusCode, status, retryable]) => ({
    title: `SIP ${sipStatusCode} is ${status}`,
    phone: { does: 'reject', sipStatusCode, afterMs: 60 } as const,
    expected: { status, sipStatusCode, retryable },
  })),
  {
    title: 'a phone that rings unanswered is no-answer',
    phone: { does: 'ring' },
    request: shortRing,
    expected: { status: 'no-answer', retryable: true, lastCallStatus: 'ringing' },
  },
  {
    title: 'an address where nothing responds is unreachable',
    phone: { does: 'nothing' },
    request: shortRing,
    expected: { status: 'unreachable', retryable: true, lastCallStatus: 'dialing' },
  },
  {
    title: 'a trunk that does not exist is trunk-rejected',
    phone: { does: 'ring' },
    request: { trunkId: 'ST_doesnotexist' },
    expected: { status: 'trunk-rejected', retryable: false },
  },
  {
    title: 'a wrong API secret is failed',
    phone: { does: 'ring' },
    dialer: 'strangerDialer',
    expected: { status: 'failed', retryable: false },
  },
  {
    title: 'a server that is not there is failed',
    phone: { does: 'ring' },
    dialer: 'nowhereDialer',
    expected: { status: 'failed', retryable: true },
  },
];

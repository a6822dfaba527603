import { deferred } from '@org/support';
import type { DialFailed } from '../outcome/dial-outcome.js';
import type { DialRequest } from '../request/dial-request.js';
import type { DisconnectReasonName } from '../leg/disconnect-reason.js';
import { expectFields, expectNothingLeft, expectReason, fail } from './contract-checks.js';
import type { DialerContractCase, DialerHarness } from './dialer-harness.js';
import type { ScriptedPhoneBehavior } from './scripted-phone.js';

/** One failure of a dial, as LiveKit reports it, and the expected outcome. */
interface ContractRow {
  readonly title: string;
  readonly phone: ScriptedPhoneBehavior;
  readonly expected: Partial<DialFailed>;
  /** Fields of the outcome's `cause`. */
  readonly cause?: { readonly httpStatus?: number; readonly serverCode?: string; readonly code?: string };
  /** Expected if the room is observed. */
  readonly disconnectReason?: DisconnectReasonName;
  readonly request?: Partial<DialRequest>;
  readonly dialer?: 'dialerWithWrongSecret' | 'dialerWithoutServer';
}

type Rejection = readonly [
  sipStatusCode: number,
  status: DialFailed['status'],
  retryable: boolean,
  httpStatus: number,
  serverCode: string,
  disconnectReason: DisconnectReasonName,
];

/** As the server reports them. */
const rejections: readonly Rejection[] = [
  [486, 'busy', true, 429, 'resource_exhausted', 'USER_REJECTED'],
  [600, 'busy', true, 429, 'resource_exhausted', 'USER_REJECTED'],
  [603, 'declined', false, 403, 'permission_denied', 'USER_REJECTED'],
  [403, 'trunk-rejected', false, 403, 'permission_denied', 'USER_REJECTED'],
  [404, 'invalid-number', false, 404, 'not_found', 'USER_UNAVAILABLE'],
  [410, 'invalid-number', false, 404, 'not_found', 'USER_REJECTED'],
  [480, 'no-answer', true, 429, 'resource_exhausted', 'USER_UNAVAILABLE'],
  [408, 'no-answer', true, 408, 'deadline_exceeded', 'USER_UNAVAILABLE'],
  [484, 'invalid-number', false, 400, 'invalid_argument', 'USER_REJECTED'],
  [488, 'failed', false, 400, 'invalid_argument', 'USER_REJECTED'],
  [487, 'failed', true, 409, 'aborted', 'USER_REJECTED'],
  [500, 'failed', true, 412, 'failed_precondition', 'CLIENT_INITIATED'],
  [503, 'unreachable', true, 412, 'failed_precondition', 'CLIENT_INITIATED'],
];

/** Short, because the lab waits in real time; the server's unit is the second. */
const shortRing = { ringingTimeoutMs: 1_000 };

const rows: readonly ContractRow[] = [
  ...rejections.map(([sipStatusCode, status, retryable, httpStatus, serverCode, disconnectReason]) => ({
    title: `SIP ${sipStatusCode} is ${status}`,
    phone: { does: 'reject', sipStatusCode, afterMs: 60 } as const,
    expected: { status, sipStatusCode, retryable },
    cause: { code: 'call-failed', httpStatus, serverCode },
    disconnectReason,
  })),
  {
    title: 'a phone that rings without an answer is no-answer',
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
    cause: { code: 'refused', httpStatus: 404, serverCode: 'not_found' },
  },
  {
    title: 'a wrong API secret is failed',
    phone: { does: 'ring' },
    dialer: 'dialerWithWrongSecret',
    expected: { status: 'failed', retryable: false },
    cause: { code: 'refused', httpStatus: 401 },
  },
  {
    title: 'a server that is not there is failed',
    phone: { does: 'ring' },
    dialer: 'dialerWithoutServer',
    expected: { status: 'failed', retryable: true },
    cause: { code: 'unreachable' },
  },
];

async function runRow(world: DialerHarness, row: ContractRow): Promise<void> {
  const { phone, expected, request, dialer = 'dialer', disconnectReason, cause } = row;
  const placed = { ...(await world.place(phone)), ...request };
  const watch = await world.watch(placed.roomName);
  const outcome = await world[dialer].dial({ ...placed, watch });
  expectFields(outcome, { ...expected, ...(cause !== undefined && { cause }) });
  if (disconnectReason !== undefined) expectReason(outcome, watch, placed, disconnectReason);
  if ('certainty' in outcome) fail('the outcome is marked as assumed');
  await expectNothingLeft(world);
}

export const failureCases: readonly DialerContractCase[] = [
  ...rows.map((row) => ({ title: row.title, run: (world: DialerHarness): Promise<void> => runRow(world, row) })),
  {
    title: 'a leg that another client removes while it rings is canceled, if its disconnect reason is seen',
    async run(world) {
      const request = await world.place({ does: 'ring' });
      const watch = await world.watch(request.roomName);
      const ringing = deferred<void>();
      const dialing = world.dialer.dial(
        { ...request, watch },
        { onProgress: ({ status }) => void (status === 'ringing' && ringing.resolve()) },
      );
      await ringing.promise;
      await world.remove(request);
      const outcome = await dialing;
      if (watch === undefined) expectFields(outcome, { status: 'no-answer', certainty: 'assumed' });
      else expectFields(outcome, { status: 'canceled', disconnectReason: 'PARTICIPANT_REMOVED' });
      await expectNothingLeft(world);
    },
  },
  {
    title: 'an empty number is rejected, and no request is sent',
    async run(world) {
      const request = await world.place({ does: 'ring' });
      const rejected = await world.dialer.dial({ ...request, to: '' }).then(
        () => fail('it was dialed'),
        (error: unknown) => error,
      );
      expectFields(rejected, { code: 'missing-option', option: 'to' });
      if (world.requestCount() !== 0) fail('a request was sent');
    },
  },
];

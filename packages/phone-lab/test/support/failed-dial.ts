import { RoomServiceClient, SipClient, type ServerError } from 'livekit-server-sdk';
import { expect, vi } from 'vitest';
import type { PhoneLab } from '../../src/index.js';
import { observe } from './observer.js';

export interface FailedDial {
  readonly error: ServerError;
  /** What the room saw of the phone. */
  readonly seen: readonly string[];
}

interface FailedDialOptions {
  readonly ringingTimeout?: number;
  /** Done while it is dialed. */
  readonly act?: (room: string) => Promise<unknown>;
}

/** Dials a number as the SDK does, in a room of its own, and returns how that failed. */
export async function failedDial(lab: PhoneLab, number: string, options: FailedDialOptions = {}): Promise<FailedDial> {
  const { ringingTimeout = 20, act } = options;
  const room = `room ${number}`;
  await using observer = await observe(lab, room);
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  const failure = sip
    .createSipParticipant(lab.trunkId, number, room, {
      waitUntilAnswered: true,
      ringingTimeout,
      // By itself the SDK waits 2 s longer than the phone may ring, which a busy machine can use up.
      timeout: 30,
      participantIdentity: 'phone',
    })
    .then(
      () => expect.unreachable('the dial succeeded'),
      (error: unknown) => error as ServerError,
    );
  await act?.(room);
  const error = await failure;
  // An observer whose room was deleted sees nobody leave.
  const over = () => !observer.room.isConnected || observer.seen.some((one) => one.includes('left'));
  await vi.waitUntil(over, { timeout: 10_000 });
  return { error, seen: observer.seen.filter((one) => !one.endsWith('track')) };
}

/** What LiveKit makes of a refusal: SIP status, phrase, HTTP status, Twirp code and the participant's disconnect reason. */
export type Refusal = readonly [number, string, number, string, number];

export const refusals: readonly Refusal[] = [
  [486, 'Busy Here', 429, 'resource_exhausted', 12],
  [404, 'Not Found', 404, 'not_found', 11],
  [503, 'Service Unavailable', 412, 'failed_precondition', 1],
  [600, 'Busy Everywhere', 429, 'resource_exhausted', 12],
  [603, 'Decline', 403, 'permission_denied', 12],
  [403, 'Forbidden', 403, 'permission_denied', 12],
  [410, 'Gone', 404, 'not_found', 12],
  [480, 'Temporarily Unavailable', 429, 'resource_exhausted', 11],
  [408, 'Request Timeout', 408, 'deadline_exceeded', 11],
  [484, 'Address Incomplete', 400, 'invalid_argument', 12],
  [488, 'Not Acceptable Here', 400, 'invalid_argument', 12],
  [487, 'Request Terminated', 409, 'aborted', 12],
  [500, 'Server Internal Error', 412, 'failed_precondition', 1],
  [302, 'Moved Temporarily', 404, 'not_found', 1],
];

/** Checks that a phone which refuses with a SIP status is reported, and leaves the room, as the row says. */
export async function expectRefusal(
  lab: PhoneLab,
  number: string,
  [sipStatus, phrase, status, code, reason]: Refusal,
): Promise<void> {
  lab.phone(number, async (call) => {
    await call.ring();
    await call.reject(sipStatus);
  });
  const { error, seen } = await failedDial(lab, number);
  expect(error).toMatchObject({
    name: 'SipCallError',
    status,
    code,
    sipStatusCode: sipStatus,
    sipStatus: phrase,
    message: expect.stringContaining(`SIP call failed: ${sipStatus} ${phrase}`) as string,
    metadata: {
      sip_status_code: String(sipStatus),
      sip_status: phrase,
      error_details: expect.stringMatching(/^[\w+/]+=*$/) as string,
    },
  });
  expect(seen).toEqual(['phone joined', 'phone status ringing', `phone left ${reason} ringing`]);
}

/** How a dial fails that was canceled, or that rang for too long: the same for both. */
export const canceled = { status: 408, code: 'canceled', message: 'twirp error unknown: sip request timed out' };

/** Checks that a dial whose participant is removed as soon as the server knows it fails as canceled. */
export async function expectCanceledAtJoin(lab: PhoneLab, number: string): Promise<void> {
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  const rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
  const room = `at join ${number}`;
  const phone = lab.phone(number, (call) => call.neverAnswer());
  const dial = sip
    .createSipParticipant(lab.trunkId, number, room, { waitUntilAnswered: true, participantIdentity: 'phone' })
    .catch((error: unknown) => error);
  const hasRemoved = (): Promise<boolean> =>
    rooms.removeParticipant(room, 'phone').then(
      () => true,
      () => false,
    );
  await vi.waitUntil(hasRemoved, { interval: 1, timeout: 10_000 });
  expect(await dial).toMatchObject(canceled);
  expect(await rooms.listParticipants(room)).toEqual([]);
  expect((await phone.nextCall()).ended).toMatchObject({ how: 'disconnected' });
  await phone.done;
}

import { inspect } from 'node:util';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { deferred } from '@org/support';
import { type DialProgress, SipDialer } from '../../src/index.js';
import { expectHungUp } from '../../src/testing/contract-checks.js';
import { labWorld } from '../support/lab-harness.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
}, 180_000);
afterAll(async () => {
  await lab.close();
});

describe('on simulated phones', () => {
  test('a canceled dial is settled within two seconds of the abort', async () => {
    const took: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await using world = await labWorld(lab, { watched: true });
      const request = world.request((call) => call.neverAnswer());
      const abort = new AbortController();
      const watch = await world.watch(request.roomName);
      const dialing = world.dialer.dial({ ...request, watch }, { signal: abort.signal });
      await world.sleep(150);
      const before = performance.now();
      abort.abort();
      expect((await dialing).status).toBe('canceled');
      took.push(performance.now() - before);
    }
    // Wanted: 100 ms; the rest is for a busy machine.
    expect(Math.max(...took)).toBeLessThan(2_000);
  });
});

describe('on simulated phones, without a fault', () => {
  test('keys are pressed after the answer, and the call counts as answered when they are through', async () => {
    await using world = await labWorld(lab, { watched: true });
    const request = world.request(async (call) => {
      await call.ring(100);
      await call.answer();
    });
    const watch = await world.watch(request.roomName);
    const outcome = await world.dialer.dial({ ...request, watch, dtmf: 'w 1-2#' });
    if (outcome.status !== 'answered') throw new Error(outcome.status);
    const keys = world.phones[0]?.calls[0]?.keys ?? [];
    expect(keys.map(({ key }) => key).join('')).toBe('12#');
    expect(outcome.timings.answeredAt).toBeGreaterThanOrEqual(keys.at(-1)?.at ?? Infinity);
    await outcome.call.hangUp();
  });

  test('keys sent in the call reach the phone apart, from who watches', async () => {
    await using world = await labWorld(lab, { watched: true });
    const request = world.request(async (call) => {
      await call.ring(100);
      await call.answer();
    });
    const outcome = await world.dialer.dial({ ...request, watch: await world.watch(request.roomName) });
    if (outcome.status !== 'answered') throw new Error(outcome.status);
    expect(await outcome.call.sendDtmf('*d')).toEqual({ status: 'sent', pressed: 2 });
    const heard = world.phones[0]?.calls[0]?.keys ?? [];
    expect(heard.map(({ key }) => key).join('')).toBe('*d');
    expect(heard.map(({ from }) => from)).toEqual(['watcher', 'watcher']);
    // Sent 540 ms apart; the network may bring two of them a little closer.
    const [first, last] = heard.map(({ at }) => at);
    expect((last ?? 0) - (first ?? 0)).toBeGreaterThan(300);
    await outcome.call.hangUp();
  });

  test('a caller who is sent elsewhere calls there, and leaves the room', async () => {
    const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
    const trunk = await sip.createSipInboundTrunk('desk', ['+15550300']);
    const rule = await sip.createSipDispatchRule({ type: 'direct', roomName: 'desk' });
    await using _records = {
      async [Symbol.asyncDispose]() {
        await sip.deleteSipDispatchRule(rule.sipDispatchRuleId);
        await sip.deleteSipTrunk(trunk.sipTrunkId);
      },
    };
    await using world = await labWorld(lab, { watched: true });
    // An inbound call rings until somebody publishes.
    const clerk = await lab.call({ from: '+15550301', roomName: 'desk' });
    const caller = await lab.call({ from: '+15550302', roomName: 'lobby' });
    const greeter = await lab.call({ from: '+15550303', roomName: 'lobby' });
    await Promise.all([caller.connected(), greeter.connected()]);
    greeter.tone(600);
    await caller.waitToHear(600);
    const { identity } = caller;
    const result = await world.dialer.coldTransfer({ roomName: 'lobby', identity, to: '+15550300' });
    expect(result).toEqual({ status: 'transferred' });
    const { newCall } = caller.refers[0] ?? {};
    expect(newCall?.roomName).toBe('desk');
    await Promise.all([clerk.connected(), newCall?.connected()]);
    clerk.tone(1_000);
    await newCall?.waitToHear(1_000);
    expect(await caller.finished).toMatchObject({ how: 'transferred' });
    await Promise.all([clerk.hangUp(), greeter.hangUp(), newCall?.hangUp()]);
  });

  test('a ring limit beyond what the server waits for dials without waiting, and the answer is seen all the same', async () => {
    await using world = await labWorld(lab, { watched: true });
    const request = world.request(async (call) => {
      await call.ring(300);
      await call.answer();
    });
    const watch = await world.watch(request.roomName);
    const outcome = await world.dialer.dial({ ...request, watch, ringingTimeoutMs: 90_000 });
    if (outcome.status !== 'answered') throw new Error(outcome.status);
    expect(outcome.call.callId).toMatch(/^SCL_/);
    // Removed before its media is connected, the phone would join again.
    await world.rings(request);
    await outcome.call.hangUp();
  });

  test('beyond that limit a phone that refuses with 486 is recognized by its reason for leaving', async () => {
    await using world = await labWorld(lab, { watched: true });
    const seen = deferred<void>();
    const request = world.request(async (call) => {
      // A server tells of a participant without media every three seconds only; one who has gone by then has no reason.
      await seen.promise;
      await call.reject(486);
    });
    const watch = await world.watch(request.roomName);
    const dialing = world.dialer.dial({ ...request, watch, ringingTimeoutMs: 90_000 });
    const isSeen = (): boolean => watch?.remoteParticipants.has(request.participantIdentity) ?? false;
    await vi.waitFor(() => expect(isSeen()).toBe(true), { timeout: 15_000 });
    seen.resolve();
    expect(await dialing).toMatchObject({ status: 'busy', certainty: 'assumed', disconnectReason: 'USER_REJECTED' });
  });

  test('a leg that another program removes while it rings is canceled', async () => {
    await using world = await labWorld(lab, { watched: true });
    const request = world.request((call) => call.neverAnswer());
    const watch = await world.watch(request.roomName);
    const dialing = world.dialer.dial({ ...request, watch });
    await world.rings(request);
    // The server tells others of a participant without media only every three seconds; who is gone by then was never seen.
    const isSeen = (): boolean => watch?.remoteParticipants.has(request.participantIdentity) ?? false;
    await vi.waitFor(() => expect(isSeen()).toBe(true), { timeout: 15_000 });
    await world.rooms.removeParticipant(request.roomName, request.participantIdentity);
    expect(await dialing).toMatchObject({ status: 'canceled', disconnectReason: 'PARTICIPANT_REMOVED' });
  });

  test('a leg whose room is deleted while it rings is no-answer to who only asks for the list, and marked as assumed', async () => {
    await using world = await labWorld(lab, { watched: false });
    const request = world.request((call) => call.neverAnswer());
    const seen = deferred<void>();
    const onProgress = ({ status }: DialProgress): void => void (status === 'ringing' && seen.resolve());
    const dialing = world.dialer.dial(request, { onProgress });
    await Promise.all([seen.promise, world.rings(request)]);
    await world.rooms.deleteRoom(request.roomName);
    expect(await dialing).toMatchObject({ status: 'no-answer', certainty: 'assumed' });
  });
});

describe('on simulated phones, with a fault', () => {
  test('an answer that gets lost on the way from the server is found in the room, and nothing is dialed twice', async () => {
    await using world = await labWorld(lab, { watched: true });
    using _fault = lab.fault({ method: 'CreateSIPParticipant', do: 'drop-answer' });
    const request = await world.place({ does: 'answer', afterMs: 100 });
    const outcome = await world.dialer.dial({ ...request, watch: await world.watch(request.roomName) });
    if (outcome.status !== 'answered') throw new Error(outcome.status);
    expect(world.requestCount()).toBe(1);
    await expectHungUp(world, outcome.call);
  });

  test('a request that the server never answers is over at the ring limit', async () => {
    await using world = await labWorld(lab, { watched: true });
    using _fault = lab.fault({ method: 'CreateSIPParticipant', do: 'hang' });
    const request = await world.place({ does: 'ring' });
    const before = performance.now();
    const outcome = await world.dialer.dial({ ...request, ringingTimeoutMs: 1_000 });
    expect(outcome).toMatchObject({ status: 'no-answer', certainty: 'assumed' });
    // The ring limit, and a second for a leg that may come yet.
    expect(performance.now() - before).toBeLessThan(5 * 2_000);
  });

  test('a server that breaks down over the request is failed, and may be tried again', async () => {
    await using world = await labWorld(lab, { watched: true });
    const fail = { status: 503, code: 'unavailable', msg: 'no response from servers' };
    using _fault = lab.fault({ method: 'CreateSIPParticipant', do: { fail } });
    const outcome = await world.dialer.dial(await world.place({ does: 'ring' }));
    expect(outcome).toMatchObject({ status: 'failed', retryable: true, cause: { code: 'server-error' } });
  });

  test('a wrong secret is failed, and shows in no error, warning or output', async () => {
    await using world = await labWorld(lab, { watched: false });
    const shown: unknown[] = [];
    const note = (part: unknown): boolean => shown.push(part) > 0;
    const spies = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
    for (const spy of spies) spy.mockImplementation(note);
    process.on('warning', note);
    const apiSecret = 'not-the-secret-of-this-server-at-all';
    const { url, apiKey } = lab;
    const stranger = new SipDialer({ url, apiKey, apiSecret });
    const { trunkId: _, ...request } = world.request((call) => call.neverAnswer());
    const connection = { hostname: 'pbx.example', authUsername: 'trunk-user', authPassword: 'trunk-password' };
    const outcome = await stranger.dial({ ...request, connection, callerId: '+15550100' });
    const { roomName, participantIdentity: identity } = request;
    const transfer = await stranger.coldTransfer({ roomName, identity, to: 'tel:+15550199' });
    const raw: unknown = await new SipClient(url, apiKey, apiSecret)
      .createSipParticipant('ST_1', '100', 'room')
      .catch((error: unknown) => error);
    process.off('warning', note);
    for (const spy of spies) spy.mockRestore();

    expect(inspect(raw), 'the SDK itself shows it').toMatch(/eyJ/);
    expect(outcome).toMatchObject({ status: 'failed', cause: { code: 'refused', httpStatus: 401 } });
    expect(transfer).toMatchObject({ status: 'failed', cause: { code: 'refused', httpStatus: 401 } });
    const all = [outcome, transfer, stranger, ...shown];
    const texts = all.map((value) => inspect(value, { depth: 9, showHidden: true }) + JSON.stringify(value));
    for (const text of texts) expect(text).not.toMatch(/eyJ|not-the-secret|trunk-(user|password)/);
  });
});

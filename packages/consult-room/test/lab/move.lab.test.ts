import { type FaultAction, type PhoneCall, type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParticipantService } from '../../src/api/participant-service.ts';
import type { CallMerge, ConsultRoomError, MergeOptions } from '../../src/index.ts';
import {
  createFixture,
  type Fixture,
  humanIdentity,
  joinAs,
  openRooms,
  serviceOf,
  untilTalking,
  voices,
} from '../support/fixture.ts';
import { mergeBy } from '../support/merge-by.ts';
import { expectHearing, mergeOf } from '../support/merged-fixture.ts';
import { Microphone } from '../support/microphone.ts';
import { until } from '../support/until.ts';

/** Creates a merge under `auto`, with published tracks. */
async function prepared(lab: PhoneLab, fixture: Fixture, options: Partial<MergeOptions> = {}): Promise<CallMerge> {
  const merge = mergeOf(lab, fixture, options);
  await merge.publishTracks();
  return merge;
}

/** Expects that neither party has ever heard the other one. */
function expectStrangers({ caller }: Fixture, human: PhoneCall): void {
  expect([human.ear.heardMs(voices.caller), caller.ear.heardMs(voices.human)]).toEqual([0, 0]);
}

/** Expects that neither party hears the other one any more. */
function expectApart({ caller }: Fixture, human: PhoneCall): Promise<void> {
  return expectHearing([caller, human], [voices.caller, voices.human], [[], []]);
}

async function whereIsHuman(lab: PhoneLab, fixture: Fixture): Promise<string[]> {
  const rooms = [fixture.callerRoom.name ?? '', fixture.consult.name];
  const listed = await Promise.all(rooms.map((room) => serviceOf(lab).listParticipants(room)));
  return rooms.filter((_room, index) => listed[index]?.some(({ identity }) => identity === humanIdentity));
}

// Faults affect all requests to the lab's server: these tests have a lab of their own, one after the other. It answers
// sooner than LiveKit's, which takes three seconds, that a participant does not respond: an abandoned request would
// outlast the lab.
describe('a merge on a server that fails to move participants', () => {
  let cloud: PhoneLab;
  beforeAll(async () => {
    cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
  });
  afterAll(() => cloud.close());
  const fail: FaultAction = { fail: { status: 500, code: 'internal', msg: 'something broke' } };

  it.sequential('fails with a typed error under move when the server fails, and succeeds the next time', async () => {
    await using fixture = await createFixture(cloud);
    const human = await fixture.dialHuman();
    await using merge = mergeOf(cloud, fixture, { strategy: 'move' });
    using _fault = cloud.fault({ method: 'MoveParticipant', times: 1, do: fail });
    expect(await merge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'server' } });
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'move' });
    await untilTalking(fixture.caller, human);
    expect(result.merged && (await result.call.hangUp())).toEqual({ clean: true, problems: [] });
    expect(result.merged && (await result.call.ended)).toEqual({ cause: 'hung-up' });
    expect((await human.untilEnded()).how).toBe('disconnected');
  });

  it.sequential.each<[string, FaultAction, string]>([
    ['fails', fail, 'server'],
    ['hangs', 'hang', 'timeout'],
  ])('is bridged under auto when the server always %s', async (_how, action, code) => {
    await using fixture = await createFixture(cloud);
    const human = await fixture.dialHuman();
    const warnings: ConsultRoomError[] = [];
    const onWarning = (warning: ConsultRoomError): void => void warnings.push(warning);
    await using merge = await prepared(cloud, fixture, { moveTimeoutMs: 300, onWarning });
    using _fault = cloud.fault({ method: 'MoveParticipant', do: action });
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'bridge' });
    // A request that hangs is abandoned after the bridge was opened.
    await until('a warning is reported', () => warnings.some((warning) => warning.code === code));
    // On a busy machine, packets may arrive later than a merge waits for them, which is a warning.
    expect(warnings.filter((warning) => ![code, 'media'].includes(warning.code))).toEqual([]);
    await untilTalking(fixture.caller, human);
    expect(await whereIsHuman(cloud, fixture)).toEqual([fixture.consult.name]);
  });

  it.sequential('is merged when the server fails after it moved the human agent', async () => {
    await using fixture = await createFixture(cloud);
    const human = await fixture.dialHuman();
    await using merge = await prepared(cloud, fixture);
    using _fault = cloud.fault({ method: 'MoveParticipant', do: 'drop-answer' });
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'move' });
    await untilTalking(fixture.caller, human);
    expect(result.merged && (await result.call.hangUp())).toEqual({ clean: true, problems: [] });
    expect(result.merged && (await result.call.ended)).toEqual({ cause: 'hung-up' });
    expect((await human.untilEnded()).how).toBe('disconnected');
  });

  it.sequential('is bridged while the server is slow, and continues in one room when it has moved the human agent', async () => {
    await using fixture = await createFixture(cloud);
    const human = await fixture.dialHuman();
    await using merge = await prepared(cloud, fixture, { moveTimeoutMs: 30_000 });
    using _fault = cloud.fault({ method: 'MoveParticipant', times: 1, do: { delayMs: 8_000 } });
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'bridge' });
    // Wanted: 1.2 s.
    expect(result.merged && result.tookMs).toBeLessThan(6_000);
    await untilTalking(fixture.caller, human);
    await until(
      'the human agent has been moved',
      async () => (await whereIsHuman(cloud, fixture))[0] === fixture.callerRoom.name,
      20_000,
    );
    await until('the call continues by the move', () => result.merged && result.call.by === 'move');
    await untilTalking(fixture.caller, human);
    await human.hangUp();
    expect(await merge.ended).toMatchObject({ cause: 'human-left' });
  }, 60_000);

  it.sequential('is merged by a move that happens while the bridge is being verified', async () => {
    await using rooms = await openRooms(cloud);
    await using caller = await joinAs(cloud, rooms.callerRoom.name ?? '', 'caller');
    const human = await rooms.dialHuman();
    await using merge = mergeBy('bridge', cloud, rooms, {
      strategy: 'auto',
      supportsMove: true,
      moveTimeoutMs: 300,
      verifyTimeoutMs: 30_000,
    });
    using _fault = cloud.fault({ method: 'MoveParticipant', times: 1, do: { delayMs: 4_000 } });
    const merging = merge.merge();
    await until('the human agent has been moved', () => rooms.callerRoom.remoteParticipants.has(humanIdentity), 20_000);
    // Until now the caller has no track, so that no bridge is verified.
    await using _microphone = await Microphone.on(caller, voices.caller);
    expect(await merging).toMatchObject({ merged: true, by: 'move' });
    await human.waitToHear(voices.caller, { forMs: 200 });
    expect(rooms.warnings.splice(0)).toMatchObject([{ code: 'timeout' }]);
    await human.hangUp();
  }, 60_000);

  it.sequential('removes a human agent who is moved after the merge has failed', async () => {
    await using fixture = await createFixture(cloud);
    const human = await fixture.dialHuman();
    await using merge = mergeOf(cloud, fixture, { strategy: 'move', moveTimeoutMs: 300 });
    using _fault = cloud.fault({ method: 'MoveParticipant', times: 1, do: { delayMs: 4_000 } });
    expect(await merge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'timeout' } });
    // The human agent is removed on arrival, which may be before the leg has joined.
    expect((await human.untilEnded()).how).toBeOneOf(['disconnected', 'join-failed']);
    expect(await merge.ended).toMatchObject({ cause: 'human-left' });
    expect(await whereIsHuman(cloud, fixture)).toEqual([]);
  }, 60_000);
});

describe('a merge on a server that moves participants', () => {
  let cloud: PhoneLab;
  beforeAll(async () => {
    cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
  });
  afterAll(() => cloud.close());

  it.sequential('moves the human agent under auto, and lets both parties talk', async () => {
    await using fixture = await createFixture(cloud);
    const human = await fixture.dialHuman();
    await using merge = await prepared(cloud, fixture);
    await expectApart(fixture, human);
    expectStrangers(fixture, human);
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'move' });
    expect(result.merged && result.call.by).toBe('move');
    expect(await whereIsHuman(cloud, fixture)).toEqual([fixture.callerRoom.name]);
    await untilTalking(fixture.caller, human);
    await human.hangUp();
    expect(await merge.ended).toMatchObject({ cause: 'human-left', left: { how: 'hung-up' } });
  });

  it.sequential('fails when the server answers success and has not moved the human agent', async () => {
    await using fixture = await createFixture(cloud);
    const human = await fixture.dialHuman();
    const real = serviceOf(cloud);
    const participants: ParticipantService = {
      moveParticipant: () => Promise.resolve(),
      listParticipants: (room) => real.listParticipants(room),
      listRooms: (names) => real.listRooms(names),
      removeParticipant: (room, identity) => real.removeParticipant(room, identity),
      updateSubscriptions: (...args) => real.updateSubscriptions(...args),
    };
    await using strict = mergeOf(cloud, fixture, { strategy: 'move', participants });
    expect(await strict.merge()).toMatchObject({
      merged: false,
      reason: 'media',
      error: { code: 'server', message: 'move a participant: the server answered, but did not move it' },
    });
    await using auto = await prepared(cloud, fixture, { participants });
    expect(await auto.merge()).toMatchObject({ merged: true, by: 'bridge' });
    await untilTalking(fixture.caller, human);
  });

  it.sequential('moves the human agent back when the caller has left meanwhile, or the merge is aborted', async () => {
    await using fixture = await createFixture(cloud);
    await fixture.dialHuman();
    await using merge = await prepared(cloud, fixture);
    const abort = new AbortController();
    const aborted = merge.merge({ signal: abort.signal });
    abort.abort();
    expect(await aborted).toEqual({ merged: false, reason: 'aborted' });
    expect(await whereIsHuman(cloud, fixture)).toEqual([fixture.consult.name]);
    const merging = merge.merge();
    await fixture.caller.hangUp();
    expect(await merging).toEqual({ merged: false, reason: 'caller-left' });
    expect(await whereIsHuman(cloud, fixture)).toEqual([fixture.consult.name]);
    expect(await merge.ended).toMatchObject({ cause: 'caller-left' });
  });

  it.sequential('moves the human agent back when no audio is verified in time', async () => {
    await using fixture = await createFixture(cloud, { callerSpeaks: true });
    const human = await fixture.dialHuman();
    await using merge = mergeOf(cloud, fixture, { strategy: 'move', verifyTimeoutMs: 1 });
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: false, reason: 'no-audio' });
    expect(await whereIsHuman(cloud, fixture)).toEqual([fixture.consult.name]);
    await expectApart(fixture, human);
  });

  it.sequential('ends when the human agent hangs up during the move', async () => {
    await using fixture = await createFixture(cloud);
    const human = await fixture.dialHuman();
    await using merge = await prepared(cloud, fixture);
    const merging = merge.merge();
    await human.hangUp();
    expect(await merging).toMatchObject({ merged: false });
    expect(await merge.ended).toMatchObject({ cause: 'human-left' });
  });
});

// Measures a wait.
describe.sequential('a merge on a server that does not move participants', () => {
  it('fails with a typed error under move, and is bridged within two seconds under auto', async () => {
    const lab = await startPhoneLab();
    {
      await using fixture = await createFixture(lab);
      const human = await fixture.dialHuman();
      await using strict = mergeOf(lab, fixture, { strategy: 'move' });
      expect(await strict.merge()).toMatchObject({
        merged: false,
        reason: 'media',
        error: { code: 'not-implemented' },
      });
      await strict.close();

      const warnings: ConsultRoomError[] = [];
      await using auto = mergeOf(lab, fixture, { onWarning: (warning) => warnings.push(warning) });
      await auto.publishTracks();
      const startedAt = performance.now();
      expect(await auto.merge()).toMatchObject({ merged: true, by: 'bridge' });
      // The move of a human agent who is present is rejected without delay.
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      await untilTalking(fixture.caller, human);
      expect(warnings).toEqual([]);
    }
    await lab.close();
  });
});

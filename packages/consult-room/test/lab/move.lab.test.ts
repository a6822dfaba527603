import { startPhoneLab } from '@org/phone-lab';
import type { FaultAction, PhoneCall, PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallMerge, ConsultRoomError, MergeOptions, PeopleService } from '../../src/index.ts';
import { mergeBy } from '../support/merge-by.ts';
import { Microphone } from '../support/microphone.ts';
import { humanIdentity, joinAs, openRooms, serviceOf, setScene, untilTalking, voices } from '../support/fixture.ts';
import type { Scene } from '../support/fixture.ts';
import { expectHearing, mergeOf } from '../support/merged-fixture.ts';
import { until } from '../support/until.ts';

/** Prepares under `auto`. */
async function prepared(lab: PhoneLab, scene: Scene, options: Partial<MergeOptions> = {}): Promise<CallMerge> {
  const merge = mergeOf(lab, scene, options);
  await merge.prepare();
  return merge;
}

/** Neither has ever heard the other. */
function expectStrangers({ caller }: Scene, human: PhoneCall): void {
  expect([human.ear.heardMs(voices.caller), caller.ear.heardMs(voices.human)]).toEqual([0, 0]);
}

/** Neither hears the other any more. */
function expectApart({ caller }: Scene, human: PhoneCall): Promise<void> {
  return expectHearing([caller, human], [voices.caller, voices.human], [[], []]);
}

async function whereIsHuman(lab: PhoneLab, scene: Scene): Promise<string[]> {
  const rooms = [scene.callerRoom.name ?? '', scene.consult.name];
  const listed = await Promise.all(rooms.map((room) => serviceOf(lab).listParticipants(room)));
  return rooms.filter((_room, index) => listed[index]?.some(({ identity }) => identity === humanIdentity));
}

// Faults hit whoever asks the lab's server: these have one of their own, one after the other. It says sooner than LiveKit's, which
// takes three seconds, that a participant does not respond: a request that was given up would outlast the lab.
describe('a merge where the server fails to move people', () => {
  let cloud: PhoneLab;
  beforeAll(async () => {
    cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
  });
  afterAll(() => cloud.close());
  const fail: FaultAction = { fail: { status: 500, code: 'internal', msg: 'something broke' } };

  it.sequential('fails typed under move when the server fails, and works the next time', async () => {
    await using scene = await setScene(cloud);
    const human = await scene.dialHuman();
    await using merge = mergeOf(cloud, scene, { strategy: 'move' });
    using _fault = cloud.fault({ method: 'MoveParticipant', times: 1, do: fail });
    expect(await merge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'server' } });
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'move' });
    await untilTalking(scene.caller, human);
    expect(result.merged && (await result.call.hangUp())).toEqual({ clean: true, problems: [] });
    expect(result.merged && (await result.call.ended)).toEqual({ cause: 'hung-up' });
    expect((await human.untilEnded()).how).toBe('disconnected');
  });

  it.sequential.each<[string, FaultAction, string]>([
    ['fails', fail, 'server'],
    ['hangs', 'hang', 'timeout'],
  ])('is bridged under auto when the server always %s', async (_how, action, code) => {
    await using scene = await setScene(cloud);
    const human = await scene.dialHuman();
    const warnings: ConsultRoomError[] = [];
    const onWarning = (warning: ConsultRoomError): void => void warnings.push(warning);
    await using merge = await prepared(cloud, scene, { moveTimeoutMs: 300, onWarning });
    using _fault = cloud.fault({ method: 'MoveParticipant', do: action });
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'bridge' });
    // A request that hangs is given up after the bridge has been opened.
    await until('it is warned of', () => warnings.some((warning) => warning.code === code));
    // On a busy machine packets may come later than a merge waits for them, of which it warns.
    expect(warnings.filter((warning) => ![code, 'media'].includes(warning.code))).toEqual([]);
    await untilTalking(scene.caller, human);
    expect(await whereIsHuman(cloud, scene)).toEqual([scene.consult.name]);
  });

  it.sequential('counts as merged when the server fails after it moved', async () => {
    await using scene = await setScene(cloud);
    const human = await scene.dialHuman();
    await using merge = await prepared(cloud, scene);
    using _fault = cloud.fault({ method: 'MoveParticipant', do: 'drop-answer' });
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'move' });
    await untilTalking(scene.caller, human);
    expect(result.merged && (await result.call.hangUp())).toEqual({ clean: true, problems: [] });
    expect(result.merged && (await result.call.ended)).toEqual({ cause: 'hung-up' });
    expect((await human.untilEnded()).how).toBe('disconnected');
  });

  it.sequential('is bridged while the server takes its time, and goes on in one room when it has moved', async () => {
    await using scene = await setScene(cloud);
    const human = await scene.dialHuman();
    await using merge = await prepared(cloud, scene, { moveTimeoutMs: 30_000 });
    using _fault = cloud.fault({ method: 'MoveParticipant', times: 1, do: { delayMs: 8_000 } });
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'bridge' });
    // Wanted: 1.2 s.
    expect(result.merged && result.tookMs).toBeLessThan(6_000);
    await untilTalking(scene.caller, human);
    await until(
      'the human has been moved',
      async () => (await whereIsHuman(cloud, scene))[0] === scene.callerRoom.name,
      20_000,
    );
    await until('the call goes on by that', () => result.merged && result.call.by === 'move');
    await untilTalking(scene.caller, human);
    await human.hangUp();
    expect(await merge.ended).toMatchObject({ cause: 'human-left' });
  }, 60_000);

  it.sequential('is merged by a move that happens while the bridge is being proven', async () => {
    await using rooms = await openRooms(cloud);
    await using caller = await joinAs(cloud, rooms.callerRoom.name ?? '', 'caller');
    const human = await rooms.dialHuman();
    await using merge = mergeBy('bridge', cloud, rooms, {
      strategy: 'auto',
      supportsMove: true,
      moveTimeoutMs: 300,
      proofTimeoutMs: 30_000,
    });
    using _fault = cloud.fault({ method: 'MoveParticipant', times: 1, do: { delayMs: 4_000 } });
    const merging = merge.merge();
    await until('the human has been moved', () => rooms.callerRoom.remoteParticipants.has(humanIdentity), 20_000);
    // Until now the caller has no track, so that no bridge is proven.
    await using _microphone = await Microphone.on(caller, voices.caller);
    expect(await merging).toMatchObject({ merged: true, by: 'move' });
    await human.waitToHear(voices.caller, { forMs: 200 });
    expect(rooms.warnings.splice(0)).toMatchObject([{ code: 'timeout' }]);
    await human.hangUp();
  }, 60_000);

  it.sequential('removes a human who is moved after the merge has failed', async () => {
    await using scene = await setScene(cloud);
    const human = await scene.dialHuman();
    await using merge = mergeOf(cloud, scene, { strategy: 'move', moveTimeoutMs: 300 });
    using _fault = cloud.fault({ method: 'MoveParticipant', times: 1, do: { delayMs: 4_000 } });
    expect(await merge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'timeout' } });
    // They are removed when they come, which may be before their line has joined.
    expect((await human.untilEnded()).how).toBeOneOf(['disconnected', 'join-failed']);
    expect(await merge.ended).toMatchObject({ cause: 'human-left' });
    expect(await whereIsHuman(cloud, scene)).toEqual([]);
  }, 60_000);
});

describe('a merge where the server moves people', () => {
  let cloud: PhoneLab;
  beforeAll(async () => {
    cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
  });
  afterAll(() => cloud.close());

  it.sequential('moves the human under auto, and lets them talk', async () => {
    await using scene = await setScene(cloud);
    const human = await scene.dialHuman();
    await using merge = await prepared(cloud, scene);
    await expectApart(scene, human);
    expectStrangers(scene, human);
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: true, by: 'move' });
    expect(result.merged && result.call.by).toBe('move');
    expect(await whereIsHuman(cloud, scene)).toEqual([scene.callerRoom.name]);
    await untilTalking(scene.caller, human);
    await human.hangUp();
    expect(await merge.ended).toMatchObject({ cause: 'human-left', left: { how: 'hung-up' } });
  });

  it.sequential('does not count when the server succeeds and nobody has moved', async () => {
    await using scene = await setScene(cloud);
    const human = await scene.dialHuman();
    const real = serviceOf(cloud);
    const people: PeopleService = {
      moveParticipant: () => Promise.resolve(),
      listParticipants: (room) => real.listParticipants(room),
      listRooms: (names) => real.listRooms(names),
      removeParticipant: (room, identity) => real.removeParticipant(room, identity),
      updateSubscriptions: (...args) => real.updateSubscriptions(...args),
    };
    await using strict = mergeOf(cloud, scene, { strategy: 'move', people });
    expect(await strict.merge()).toMatchObject({
      merged: false,
      reason: 'media',
      error: { code: 'server', message: 'move a participant: answered, and not done' },
    });
    await using auto = await prepared(cloud, scene, { people });
    expect(await auto.merge()).toMatchObject({ merged: true, by: 'bridge' });
    await untilTalking(scene.caller, human);
  });

  it.sequential('takes the human back when the caller has gone meanwhile, or the merge is aborted', async () => {
    await using scene = await setScene(cloud);
    await scene.dialHuman();
    await using merge = await prepared(cloud, scene);
    const abort = new AbortController();
    const aborted = merge.merge({ signal: abort.signal });
    abort.abort();
    expect(await aborted).toEqual({ merged: false, reason: 'aborted' });
    expect(await whereIsHuman(cloud, scene)).toEqual([scene.consult.name]);
    const merging = merge.merge();
    await scene.caller.hangUp();
    expect(await merging).toEqual({ merged: false, reason: 'caller-left' });
    expect(await whereIsHuman(cloud, scene)).toEqual([scene.consult.name]);
    expect(await merge.ended).toMatchObject({ cause: 'caller-left' });
  });

  it.sequential('takes the human back when their audio is not proven in time', async () => {
    await using scene = await setScene(cloud, { callerSpeaks: true });
    const human = await scene.dialHuman();
    await using merge = mergeOf(cloud, scene, { strategy: 'move', proofTimeoutMs: 1 });
    const result = await merge.merge();
    expect(result).toMatchObject({ merged: false, reason: 'no-proof' });
    expect(await whereIsHuman(cloud, scene)).toEqual([scene.consult.name]);
    await expectApart(scene, human);
  });

  it.sequential('ends when the human hangs up while they are moved', async () => {
    await using scene = await setScene(cloud);
    const human = await scene.dialHuman();
    await using merge = await prepared(cloud, scene);
    const merging = merge.merge();
    await human.hangUp();
    expect(await merging).toMatchObject({ merged: false });
    expect(await merge.ended).toMatchObject({ cause: 'human-left' });
  });
});

// Measures a wait.
describe.sequential('a merge where the server moves nobody', () => {
  it('is no merge under move, typed, and is bridged within two seconds under auto', async () => {
    const lab = await startPhoneLab();
    {
      await using scene = await setScene(lab);
      const human = await scene.dialHuman();
      await using strict = mergeOf(lab, scene, { strategy: 'move' });
      expect(await strict.merge()).toMatchObject({
        merged: false,
        reason: 'media',
        error: { code: 'not-implemented' },
      });
      await strict.close();

      const warnings: ConsultRoomError[] = [];
      await using auto = mergeOf(lab, scene, { onWarning: (warning) => warnings.push(warning) });
      await auto.prepare();
      const startedAt = performance.now();
      expect(await auto.merge()).toMatchObject({ merged: true, by: 'bridge' });
      // The move of a human agent who is there is refused without delay.
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      await untilTalking(scene.caller, human);
      expect(warnings).toEqual([]);
    }
    await lab.close();
  });
});

import { countAudioSources, startPhoneLab } from '@org/phone-lab';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallMergeResult, PeopleService } from '../../src/index.ts';
import { serviceOf, setScene, untilTalking } from '../support/fixture.ts';
import type { Scene } from '../support/fixture.ts';
import { mergeOf } from '../support/merged-fixture.ts';
import { until } from '../support/until.ts';

let cloud: PhoneLab;
beforeAll(async () => {
  cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
});
afterAll(async () => {
  await cloud.close();
});

/** Tracks of bridges, as the server lists them. */
async function bridgeTracks({ callerRoom, consult }: Scene): Promise<string[]> {
  const service = serviceOf(cloud);
  const rooms = await Promise.all([callerRoom.name ?? '', consult.name].map((room) => service.listParticipants(room)));
  const names = rooms.flat().flatMap(({ tracks }) => tracks.map(({ name }) => name));
  return names.filter((name) => name.startsWith('consult-room.')).toSorted();
}

const both = ['consult-room.caller', 'consult-room.human'];

function expectMergedBy(by: 'bridge' | 'move', result: CallMergeResult): void {
  expect(result).toMatchObject({ merged: true, by });
}

describe('a bridge that was prepared', () => {
  it('is closed when it is followed by another one, since a failed move had taken the human agent away', async () => {
    await using scene = await setScene(cloud);
    const human = await scene.dialHuman();
    const sources = countAudioSources();
    const real = serviceOf(cloud);
    let moves = 0;
    // The human agent is moved, and moved back since they are found nowhere; from then on nobody is moved.
    const people: PeopleService = {
      moveParticipant: async (...move) => {
        moves += 1;
        if (moves <= 2) await real.moveParticipant(...move);
      },
      listParticipants: (room) => real.listParticipants(room),
      listRooms: (names) => real.listRooms(names),
      removeParticipant: (room, identity) => real.removeParticipant(room, identity),
      updateSubscriptions: (...subscription) => real.updateSubscriptions(...subscription),
    };
    const merge = mergeOf(cloud, scene, { people, proofTimeoutMs: 1 });
    await merge.prepare();
    await merge.merge();
    expect(moves).toBe(2);
    await until('only the newer bridge has tracks', async () => (await bridgeTracks(scene)).join() === both.join());
    await merge.close();
    await until('no track is listed', async () => (await bridgeTracks(scene)).length === 0);
    await until('all sources are closed', () => countAudioSources() <= sources);
    await human.hangUp();
  });

  it('is closed when the server has moved the human agent instead: no track stays, and no source is fed', async () => {
    await using scene = await setScene(cloud);
    const human = await scene.dialHuman();
    const sources = countAudioSources();
    await using merge = mergeOf(cloud, scene);
    await merge.prepare();
    await until('its tracks are listed', async () => (await bridgeTracks(scene)).join() === both.join());
    expectMergedBy('move', await merge.merge());
    await untilTalking(scene.caller, human);
    await until('its tracks are gone', async () => (await bridgeTracks(scene)).length === 0);
    await until('its sources are closed', () => countAudioSources() <= sources);
    await human.hangUp();
  });
});

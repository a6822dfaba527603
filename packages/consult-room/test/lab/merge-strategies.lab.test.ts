import { countAudioSources, type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParticipantService } from '../../src/api/participant-service.ts';
import type { CallMergeResult } from '../../src/index.ts';
import { createFixture, type Fixture, serviceOf, untilTalking } from '../support/fixture.ts';
import { mergeOf } from '../support/merged-fixture.ts';
import { until } from '../support/until.ts';

let cloud: PhoneLab;
beforeAll(async () => {
  cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
});
afterAll(async () => {
  await cloud.close();
});

/** The tracks of bridges, as the server lists them. */
async function bridgeTracks({ callerRoom, consult }: Fixture): Promise<string[]> {
  const service = serviceOf(cloud);
  const rooms = await Promise.all([callerRoom.name ?? '', consult.name].map((room) => service.listParticipants(room)));
  const names = rooms.flat().flatMap(({ tracks }) => tracks.map(({ name }) => name));
  return names.filter((name) => name.startsWith('consult-room.')).toSorted();
}

const both = ['consult-room.caller', 'consult-room.human'];

function expectMergedBy(by: 'bridge' | 'move', result: CallMergeResult): void {
  expect(result).toMatchObject({ merged: true, by });
}

describe('a bridge whose tracks are published', () => {
  it('is closed when another merge follows, since a failed move had taken the human agent away', async () => {
    await using fixture = await createFixture(cloud);
    const human = await fixture.dialHuman();
    const sources = countAudioSources();
    const real = serviceOf(cloud);
    let moves = 0;
    // The human agent is moved, and moved back since no listing shows them; from then on no participant is moved.
    const participants: ParticipantService = {
      moveParticipant: async (...move) => {
        moves += 1;
        if (moves <= 2) await real.moveParticipant(...move);
      },
      listParticipants: (room) => real.listParticipants(room),
      listRooms: (names) => real.listRooms(names),
      removeParticipant: (room, identity) => real.removeParticipant(room, identity),
      updateSubscriptions: (...subscription) => real.updateSubscriptions(...subscription),
    };
    const merge = mergeOf(cloud, fixture, { participants, verifyTimeoutMs: 1 });
    await merge.publishTracks();
    await merge.merge();
    expect(moves).toBe(2);
    await until('only the newer bridge has tracks', async () => (await bridgeTracks(fixture)).join() === both.join());
    await merge.close();
    await until('no track is listed', async () => (await bridgeTracks(fixture)).length === 0);
    await until('all sources are closed', () => countAudioSources() <= sources);
    await human.hangUp();
  });

  it('is closed when the server has moved the human agent instead, and leaves no track and no source', async () => {
    await using fixture = await createFixture(cloud);
    const human = await fixture.dialHuman();
    const sources = countAudioSources();
    await using merge = mergeOf(cloud, fixture);
    await merge.publishTracks();
    await until('its tracks are listed', async () => (await bridgeTracks(fixture)).join() === both.join());
    expectMergedBy('move', await merge.merge());
    await untilTalking(fixture.caller, human);
    await until('its tracks are gone', async () => (await bridgeTracks(fixture)).length === 0);
    await until('its sources are closed', () => countAudioSources() <= sources);
    await human.hangUp();
  });
});

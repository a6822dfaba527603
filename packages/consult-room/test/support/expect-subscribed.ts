import type { PhoneLab } from '@org/phone-lab';
import { expect } from 'vitest';
import { relayTrackNames } from '../../src/bridge/relay-pair.ts';
import { publications } from './bridge-of.ts';
import { joinAs, openRooms, voices } from './fixture.ts';
import { mergeBy, type Way } from './merge-by.ts';
import { Microphone } from './microphone.ts';
import { follow } from './promoted-fixture.ts';
import { until } from './until.ts';

/**
 * Expects that a caller whose client subscribes to nothing is subscribed to the human agent, although a recorder is as
 * well.
 */
export async function expectSubscribed(lab: PhoneLab, way: Way): Promise<void> {
  await using rooms = await openRooms(lab);
  const room = rooms.callerRoom.name ?? '';
  await using caller = await joinAs(lab, room, 'caller', { autoSubscribe: false });
  await using _microphone = await Microphone.on(caller, voices.caller);
  await using _recorder = await joinAs(lab, room, 'recorder');
  const human = await rooms.dialHuman(follow);
  await using merge = mergeBy(way, lab, rooms);
  await merge.publishTracks();
  const result = await merge.merge();
  if (!result.merged) throw new Error(`not merged: ${result.reason}`);
  if (way === 'promotion') expect(await result.call.promotion).toMatchObject({ promoted: true });
  const heard = () =>
    way === 'bridge'
      ? publications(caller, 'ai-agent').find(({ name }) => name === relayTrackNames.human)
      : publications(caller, result.call.humanIdentity)[0];
  await until('the caller is subscribed', () => heard()?.track !== undefined);
  await (human.refers[0]?.newCall ?? human).hangUp();
}

// #region readme
import type { Room } from '@livekit/rtc-node';
import { ConsultRoom, createMerge } from '@org/consult-room';
import type { MergeEnd } from '@org/consult-room';

/** Brings a person into the call of a caller; resolves when one of the two has left. */
export async function bringIn(
  callerRoom: Room,
  callerIdentity: string,
  server: { url: string; apiKey: string; apiSecret: string },
  person: { call: (token: string) => Promise<void>; brief: (consultRoom: Room) => Promise<boolean> },
): Promise<MergeEnd | 'declined' | 'failed'> {
  await using consult = await ConsultRoom.create({ ...server, callerRoomName: callerRoom.name ?? '' });
  const consultRoom = await consult.join();
  await person.call(await consult.invite({ identity: 'ada', name: 'Ada' }));

  await using merge = createMerge({ callerRoom, callerIdentity, consultRoom, humanIdentity: 'ada' });
  await merge.prepare(); // Nobody hears across yet.
  if (!(await person.brief(consultRoom))) return 'declined';
  const result = await merge.merge();
  return result.merged ? await merge.ended : 'failed';
}
// #endregion readme

// #region readme
import type { Room } from '@livekit/rtc-node';
import { ConsultRoom, createMerge, type MergeEnd } from '@org/consult-room';

/** Brings a human agent into the call of a caller. Resolves when one of the two has left. */
export async function bringIn(
  callerRoom: Room,
  callerIdentity: string,
  server: { url: string; apiKey: string; apiSecret: string },
  ada: { call: (token: string) => Promise<void>; brief: (consultRoom: Room) => Promise<boolean> },
): Promise<MergeEnd | 'declined' | 'failed'> {
  await using consult = await ConsultRoom.create({ ...server, callerRoomName: callerRoom.name ?? '' });
  const consultRoom = await consult.join();
  await ada.call(await consult.invite({ identity: 'ada', name: 'Ada' }));

  await using merge = createMerge({ callerRoom, callerIdentity, consultRoom, humanIdentity: 'ada' });
  await merge.publishTracks(); // Caller and human agent do not hear each other yet.
  if (!(await ada.brief(consultRoom))) return 'declined';
  const result = await merge.merge();
  return result.merged ? await merge.ended : 'failed';
}
// #endregion readme

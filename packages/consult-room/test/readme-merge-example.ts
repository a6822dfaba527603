// #region readme
import type { Room } from '@livekit/rtc-node';
import { createMerge, type MergedCall, type MergedCallEnd } from '@org/consult-room';

/** Merges the participants of two rooms, so that this process is no longer needed if the human agent's phone permits it. */
export async function mergeAndPromote(
  caller: { room: Room; identity: string },
  human: { room: Room; identity: string },
  server: { url: string; apiKey: string; apiSecret: string },
  onMerged: (call: MergedCall) => void,
): Promise<MergedCallEnd | string> {
  await using merge = createMerge({
    callerRoom: caller.room,
    callerIdentity: caller.identity,
    consultRoom: human.room,
    humanIdentity: human.identity,
    server,
    rejoin: { gateway: 'sip:sip.example.com:5060;transport=tcp' },
  });
  const result = await merge.merge();
  if (!result.merged) return result.reason;
  onMerged(result.call);
  await result.call.promote(); // If the phone does not call in, the bridge continues.
  return await result.call.ended; // The merge is closed at the end of the block.
}
// #endregion readme

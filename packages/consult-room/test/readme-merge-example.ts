// #region readme
import type { Room } from '@livekit/rtc-node';
import { createMerge } from '@org/consult-room';
import type { CallEnd, MergedCall } from '@org/consult-room';

/** Joins two who are in two rooms, and lets go of them if their phones allow it. */
export async function joinTwo(
  caller: { room: Room; identity: string },
  human: { room: Room; identity: string },
  server: { url: string; apiKey: string; apiSecret: string },
  onTalking: (call: MergedCall) => void,
): Promise<CallEnd | string> {
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
  onTalking(result.call);
  await result.call.promote(); // If the phone does not do it, the bridge goes on.
  return await result.call.ended; // What is closed here ends with it.
}
// #endregion readme

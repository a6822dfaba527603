import type { Room } from '@livekit/rtc-node';

/** The transfer that each caller of a room is in. */
const running: WeakMap<Room, Map<string | undefined, string>> = new WeakMap();

/**
 * Claims a caller for a transfer until `over` settles. Returns the id of the transfer that has them already, if any;
 * checked and claimed in one tick, so that of two at once exactly one runs.
 */
export function claimCaller(
  room: Room,
  callerIdentity: string | undefined,
  transferId: string,
  over: Promise<unknown>,
): string | undefined {
  const callers = running.get(room) ?? new Map<string | undefined, string>();
  running.set(room, callers);
  const holder = callers.get(callerIdentity);
  if (holder !== undefined) return holder;
  callers.set(callerIdentity, transferId);
  void over.finally(() => callers.delete(callerIdentity));
  return undefined;
}

// #region readme
import type { Dialer, DialRequest, WatchableRoom } from '@org/sip-dialer';

/** Calls a conference line and dials its code; `room` is a joined `Room` of `@livekit/rtc-node`. */
export async function enterTheConference(
  dialer: Dialer,
  request: DialRequest,
  room: WatchableRoom,
  code: string,
): Promise<string> {
  const outcome = await dialer.dial({ ...request, watch: room });
  if (outcome.status !== 'answered') return outcome.status;
  const { status, pressed } = await outcome.call.sendDtmf(`ww${code}#`); // waits a second before
  return `${status}, ${pressed} keys`;
}
// #endregion readme

// #region readme
import type { SipDialer } from '@org/sip-dialer';

/** Lets the caller's phone call billing itself; the caller stays in the room unless that works. */
export async function sendToBilling(dialer: SipDialer, roomName: string, caller: string): Promise<string> {
  const result = await dialer.coldTransfer({ roomName, identity: caller, to: '+15550199', ringingTimeoutMs: 20_000 });
  switch (result.status) {
    case 'transferred':
      return 'gone to billing';
    case 'rejected':
    case 'not-supported':
    case 'failed-after-accept':
      return `still here, SIP ${result.sipStatusCode}`;
    default:
      return `still here, ${result.status}`;
  }
}
// #endregion readme

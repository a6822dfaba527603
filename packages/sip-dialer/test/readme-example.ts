// #region readme
import { SipDialer, type SipDialerOptions } from '@org/sip-dialer';

/** Calls the desk into a room, and says how that went. */
export async function callTheDesk(
  server: SipDialerOptions,
  trunkId: string,
  log: (line: string) => void,
): Promise<string> {
  const dialer = new SipDialer(server);
  const outcome = await dialer.dial(
    { to: '+15550100', roomName: 'consult-7', participantIdentity: 'desk-7', trunkId, ringingTimeoutMs: 20_000 },
    { signal: AbortSignal.timeout(60_000), onProgress: ({ status }) => log(status) }, // dialing, ringing, answered
  );
  if (outcome.status !== 'answered') return outcome.retryable ? `${outcome.status}, try again` : outcome.status;

  await using call = outcome.call; // hangs up at the end of the block
  const { by } = await call.ended;
  return `ended by ${by}`;
}
// #endregion readme

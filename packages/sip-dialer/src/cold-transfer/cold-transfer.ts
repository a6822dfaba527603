import { deferred, within } from '@org/support';
import { readTransferAccepted, recognizeFailure } from '../api/api-failure.js';
import type { Clients } from '../api/connect-clients.js';
import { createRedactor } from '../api/redactor.js';
import type { Clock } from '../clock.js';
import { readAttributes } from '../leg/leg-observer.js';
import { SipDialerError } from '../sip-dialer-error.js';
import type { ColdTransferPlan } from './cold-transfer-request.js';
import { type ColdTransferResult, classifyColdTransfer } from './cold-transfer-result.js';

/** How long the request may take beyond the ringing timeout, in seconds. */
const requestMarginS = 10;
/** How long after the client's timeout the local one follows, for a client without one. In milliseconds. */
const guardMs = 2_000;

/** For reading the call status before the request, in milliseconds. */
const statusCheckTimeoutMs = 1_000;
/** While the phone rings, the gateway keeps the REFER, and sends it at the answer, long after the request failed. */
const ringing = new Set(['dialing', 'ringing']);

/** Checks that the phone has answered, sends one request, and resolves with its result. */
export async function coldTransfer(
  clients: Clients,
  clock: Clock,
  plan: ColdTransferPlan,
  signal: AbortSignal | undefined,
): Promise<ColdTransferResult> {
  if (clients.sip.transferSipParticipant === undefined) {
    throw new SipDialerError('missing-option', 'sip must have transferSipParticipant', { option: 'sip' });
  }
  if (signal?.aborted === true) return { status: 'canceled', sent: false, cause: signal.reason };
  const over = deferred<ColdTransferResult>();
  let closed = false;
  let sent = false;
  const abort = (): void => over.resolve({ status: 'canceled', sent, cause: signal?.reason });
  signal?.addEventListener('abort', abort, { once: true });
  const timeoutS = plan.ringingTimeoutS + requestMarginS;
  const cancelGuard = clock.after(timeoutS * 1000 + guardMs + statusCheckTimeoutMs, () => {
    const cause = new SipDialerError('connection-lost', `the server did not answer within ${timeoutS} s`);
    over.resolve({ status: 'no-response', certainty: 'assumed', cause });
  });
  const go = async (): Promise<ColdTransferResult> => {
    if (await stillRings(clients, clock, plan)) return notAnswered();
    // Aborted or timed out: the result is ignored, and the request must not be sent.
    if (closed) return { status: 'canceled', sent: false, cause: signal?.reason };
    sent = true;
    return send(clients, plan, timeoutS);
  };
  void go().then(over.resolve);
  const result = await over.promise;
  closed = true;
  cancelGuard();
  signal?.removeEventListener('abort', abort);
  return result;
}

/** Returns false if the status cannot be read: the server will then report it. */
async function stillRings(
  { rooms }: Clients,
  clock: Clock,
  { roomName, identity }: ColdTransferPlan,
): Promise<boolean> {
  try {
    const listed = await within(statusCheckTimeoutMs, rooms.listParticipants(roomName), () => undefined, { clock });
    const leg = listed?.find((one) => one.identity === identity);
    return leg !== undefined && ringing.has(readAttributes(leg.attributes).callStatus ?? '');
  } catch {
    return false;
  }
}

function notAnswered(): ColdTransferResult {
  return {
    status: 'failed',
    cause: new SipDialerError('not-answered', 'a phone that still rings cannot be transferred'),
  };
}

async function send({ sip, secrets }: Clients, plan: ColdTransferPlan, timeout: number): Promise<ColdTransferResult> {
  try {
    await sip.transferSipParticipant?.(plan.roomName, plan.identity, plan.to, {
      ringingTimeout: plan.ringingTimeoutS,
      timeout,
      ...(plan.headers !== undefined && { headers: plan.headers }),
      ...(plan.playDialtone !== undefined && { playDialtone: plan.playDialtone }),
    });
    return { status: 'transferred' };
  } catch (thrown) {
    const redact = createRedactor([...secrets, ...plan.secrets]);
    return classifyColdTransfer(recognizeFailure(thrown, redact), readTransferAccepted(thrown));
  }
}

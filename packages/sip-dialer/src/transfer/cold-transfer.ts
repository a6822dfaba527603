import { readTransferAccepted, recognizeFailure } from '../api/api-failure.js';
import type { Clients } from '../api/connect-clients.js';
import { createRedactor } from '../api/redactor.js';
import type { Clock } from '../clock.js';
import { deferred } from '../deferred.js';
import { SipDialerError } from '../sip-dialer-error.js';
import type { ColdTransferPlan } from './cold-transfer-request.js';
import { type ColdTransferResult, judgeColdTransfer } from './cold-transfer-result.js';

/** What the request takes besides the phone's trying, in seconds. */
const requestMarginS = 10;
/** Ours, for a client that keeps no limit, in milliseconds after the client's. */
const guardMs = 2_000;

/** Sends one request, and resolves once, whatever becomes of it. */
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
  const abort = (): void => over.resolve({ status: 'canceled', sent: true, cause: signal?.reason });
  signal?.addEventListener('abort', abort, { once: true });
  const timeoutS = plan.ringingTimeoutS + requestMarginS;
  const cancelGuard = clock.after(timeoutS * 1000 + guardMs, () => {
    const cause = new SipDialerError('connection-lost', `the server did not answer within ${timeoutS} s`);
    over.resolve({ status: 'no-response', cause });
  });
  void send(clients, plan, timeoutS).then(over.resolve);
  const result = await over.promise;
  cancelGuard();
  signal?.removeEventListener('abort', abort);
  return result;
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
    return judgeColdTransfer(recognizeFailure(thrown, redact), readTransferAccepted(thrown));
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { gatewayError } from '../twirp/gateway-error.js';
import { sipStatusError } from '../twirp/sip-status-error.js';
import type { TwirpError } from '../twirp/twirp-error.js';
import type { GatewayTiming } from '../call/gateway-timing.js';
import { numberOfUri, type PendingTransfer } from '../phone/refer.js';
import type { SimulatedCall } from '../call/simulated-call.js';
import { headersOf, type Headers } from '../sip/header-attributes.js';
import type { InboundCalls } from './inbound-calls.js';
import { referPhone, type PhoneReply } from './refer-phone.js';

/** A request to transfer a call, checked. */
export interface TransferRequest {
  readonly uri: string;
  readonly headers: Headers;
  /** How long the request waits. */
  readonly limitMs: number;
}

/** The parts of a lab that a transfer needs. */
export interface TransferContext {
  readonly inboundCalls: Pick<InboundCalls, 'call'>;
  readonly timing: GatewayTiming;
  /** Aborted when the lab closes. */
  readonly closing: AbortSignal;
}

const late = gatewayError('deadline_exceeded', 'request timed out');
const elsewhere = gatewayError('invalid_argument', 'call already being transferred elsewhere');
const notEstablished = gatewayError('failed_precondition', "can't transfer non established call");
const referCanceled = gatewayError('canceled', 'refer canceled');
const noResponse = gatewayError('canceled', 'transaction failed to complete (0 intermediate responses)');

/** LiveKit's reason of a participant that leaves by itself. */
const CLIENT_INITIATED = 1;

/**
 * Transfers a call as the gateway does: a started transfer continues when the request times out, and a second request for
 * the same number only waits for it. Resolves with the error to answer, if there is one.
 */
export async function transferCall(
  office: TransferContext,
  call: SimulatedCall,
  request: TransferRequest,
): Promise<TwirpError | undefined> {
  if (call.transfer && call.transfer.uri !== request.uri) return elsewhere;
  const pending = call.transfer ?? begin(office, call, request);
  const limit = new AbortController();
  const timedOut = delay(request.limitMs, late, { signal: AbortSignal.any([limit.signal, office.closing]) });
  timedOut.catch(() => undefined);
  return Promise.race([pending.result, timedOut.catch(() => referCanceled)]).finally(() => limit.abort());
}

function begin(office: TransferContext, call: SimulatedCall, request: TransferRequest): PendingTransfer {
  const result = transfer(office, call, request).finally(() => {
    call.transfer = undefined;
  });
  call.transfer = { uri: request.uri, result };
  return call.transfer;
}

async function transfer(
  office: TransferContext,
  call: SimulatedCall,
  request: TransferRequest,
): Promise<TwirpError | undefined> {
  const deadline = Date.now() + request.limitMs;
  // The INVITE comes first, however long it takes.
  if (call.current !== 'active' && call.current !== 'automation') await Promise.race([call.answered, call.gone]);
  if (call.ended) return notEstablished;
  const reply = referPhone(office.inboundCalls, call, {
    uri: request.uri,
    number: numberOfUri(request.uri) ?? '',
    headers: { ...request.headers, ...headersOf(call.attributes, call.setup.attributesToHeaders) },
  });
  const response = await within(reply.response, office.timing.noResponseMs, office.closing);
  if (response === undefined) return noResponse;
  if (response >= 300) return sipStatusError(response, 'refer');
  // A call that ends after the phone has agreed counts as transferred.
  const ended = call.gone.then(() => 200);
  const status = await within(Promise.race([reply.report, ended]), deadline - Date.now(), office.closing);
  if (status === undefined) return referCanceled;
  if (status >= 300) return sipStatusError(status, 'call-of-refer');
  void call.after(office.timing.hangUpAfterReferMs, () => call.end({ how: 'transferred', reason: CLIENT_INITIATED }));
  return undefined;
}

/** The status, or undefined when it does not come in time. */
async function within(
  status: PhoneReply['report'],
  limitMs: number,
  closing: AbortSignal,
): Promise<number | undefined> {
  const limit = new AbortController();
  const signal = AbortSignal.any([limit.signal, closing]);
  // Only the other outcome or the end of the lab aborts the delay.
  const passed = delay(Math.max(limitMs, 0), undefined, { signal }).catch(() => undefined);
  return Promise.race([status, passed]).finally(() => limit.abort());
}

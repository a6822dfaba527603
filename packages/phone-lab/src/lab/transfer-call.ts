import { setTimeout as delay } from 'node:timers/promises';
import { sipStatusError } from '../front/sip-status-error.js';
import type { TwirpError } from '../front/twirp-error.js';
import type { PhoneCall } from '../phone/phone-call.js';
import { numberOfUri } from '../phone/refer.js';
import type { SimulatedCall } from '../phone/simulated-call.js';
import type { InboundDesk } from './inbound-desk.js';

/** The transfer came to its end with this status of the new call, or as named. */
type TransferEnd = number | 'late' | 'call-ended';

const late: TwirpError = { code: 'deadline_exceeded', msg: 'context deadline exceeded' };
const ended: TwirpError = { code: 'canceled', msg: 'refer canceled' };

/** How long a new call may ring beyond the limit of the transfer, which ends it. */
const marginMs = 1000;

/** LiveKit's reason of a participant that leaves by itself. */
const CLIENT_INITIATED = 1;

/**
 * Sends REFER to a phone and waits for what becomes of it. Resolves with the error to answer, if it failed: then the call
 * stays as it was.
 */
export async function transferCall(
  desk: Pick<InboundDesk, 'call'>,
  call: SimulatedCall,
  uri: string,
  ringLimitMs: number,
): Promise<TwirpError | undefined> {
  if (call.current !== 'active') return { code: 'failed_precondition', msg: "can't transfer non established call" };
  const refer: ReferInWork = { uri, number: numberOfUri(uri) ?? '', newCall: undefined, at: Date.now() };
  call.refers.push(refer);
  const stop = new AbortController();
  const end = await Promise.race([
    answerOf(desk, call, refer, ringLimitMs, stop.signal),
    call.gone.then((): TransferEnd => (isAccepted(call) ? 200 : 'call-ended')),
    delay<TransferEnd>(ringLimitMs, 'late', { signal: stop.signal }),
  ]);
  stop.abort();
  if (end === 'late') {
    // The phone gives up with the transfer; its new call may have ended by itself.
    await refer.newCall?.hangUp().catch(() => undefined);
    return late;
  }
  if (end === 'call-ended') return ended;
  if (end >= 300) return sipStatusError(end);
  await call.end({ how: 'transferred', reason: CLIENT_INITIATED });
  return undefined;
}

interface ReferInWork {
  readonly uri: string;
  readonly number: string;
  newCall: PhoneCall | undefined;
  readonly at: number;
}

/** Once a REFER was accepted, a call that ends before the NOTIFY counts as transferred. */
function isAccepted({ referAnswer }: SimulatedCall): boolean {
  return referAnswer === 'follow' || (typeof referAnswer === 'object' && !('reject' in referAnswer));
}

async function answerOf(
  desk: Pick<InboundDesk, 'call'>,
  call: SimulatedCall,
  refer: ReferInWork,
  ringLimitMs: number,
  signal: AbortSignal,
): Promise<TransferEnd> {
  const { referAnswer: answer, setup } = call;
  if (answer === 'silence') return new Promise<never>(() => undefined);
  if (typeof answer === 'object' && 'reject' in answer) return answer.reject;
  if (typeof answer === 'object' && 'notify' in answer) return answer.notify;
  try {
    const newCall = await desk.call({
      from: setup.number,
      to: refer.number,
      vocabulary: setup.vocabulary,
      ...(setup.voice !== undefined && { voice: setup.voice }),
      ...(typeof answer === 'object' && { script: answer.follow }),
      ringLimitMs: ringLimitMs + marginMs,
    });
    refer.newCall = newCall;
    // It came to ring only after the transfer was given up.
    if (signal.aborted && !call.ended) await newCall.hangUp();
    await newCall.connected();
    return 200;
  } catch {
    // The new call ended before it was active, or could not be placed at all.
    return refer.newCall?.ended?.sipStatus ?? 480;
  }
}

import type { PhoneCallEnd, PhoneCall } from '../phone/phone-call.js';
import type { Refer } from '../phone/refer.js';
import type { SimulatedCall } from '../call/simulated-call.js';
import type { InboundCalls } from './inbound-calls.js';

/** The reply of a phone to a REFER. */
export interface PhoneReply {
  /** Its SIP status; never, if the phone is silent. */
  readonly response: Promise<number>;
  /** Resolves with the SIP status of the new call that the phone reports by NOTIFY; never, if it reports none. */
  readonly report: Promise<number>;
}

interface ReferInWork extends Refer {
  newCall: PhoneCall | undefined;
}

/** LiveKit's reason of a participant that leaves by itself. */
const CLIENT_INITIATED = 1;

/** SIP statuses for a caller who is not connected, and for a caller who ends the call first. */
const [BUSY_HERE, REQUEST_TERMINATED] = [486, 487];

const never = new Promise<never>(() => undefined);

/** Sends REFER to the phone of a call. A call that the phone places because of it continues, even if the request has ended. */
export function referPhone(
  inboundCalls: Pick<InboundCalls, 'call'>,
  call: SimulatedCall,
  sent: Pick<Refer, 'uri' | 'number' | 'headers'>,
): PhoneReply {
  const refer: ReferInWork = { ...sent, newCall: undefined, at: Date.now() };
  call.refers.push(refer);
  const { referAnswer: answer } = call;
  if (answer === 'silence') return { response: never, report: never };
  if (typeof answer === 'object' && 'reject' in answer) {
    return { response: Promise.resolve(answer.reject), report: never };
  }
  const response = Promise.resolve(202);
  if (typeof answer === 'object' && 'notify' in answer) return { response, report: Promise.resolve(answer.notify) };
  if (answer === 'accept-only') return { response, report: never };
  if (answer === 'accept-and-hang-up') {
    void leave(call);
    return { response, report: never };
  }
  const report = follow(inboundCalls, call, refer);
  if (typeof answer === 'object' && answer.hangsUp)
    void report.then((status) => (status < 300 ? leave(call) : undefined));
  return { response, report };
}

async function leave(call: SimulatedCall): Promise<void> {
  await call.end({ how: 'transferred', reason: CLIENT_INITIATED });
}

/** The phone calls the number; resolves with the status to which that came. Never rejects. */
async function follow(
  inboundCalls: Pick<InboundCalls, 'call'>,
  call: SimulatedCall,
  refer: ReferInWork,
): Promise<number> {
  const { referAnswer: answer, setup } = call;
  try {
    const newCall = await inboundCalls.call({
      from: setup.number,
      to: refer.number,
      vocabulary: setup.vocabulary,
      line: setup.lineOptions,
      ...(setup.voice !== undefined && { voice: setup.voice }),
      ...(setup.speech && { speech: setup.speech }),
      ...(typeof answer === 'object' && 'follow' in answer && { script: answer.follow }),
    });
    refer.newCall = newCall;
    return await Promise.race([newCall.answered.then(() => 200), newCall.untilEnded().then(statusOf)]);
  } catch {
    return BUSY_HERE; // The new call could not be placed at all.
  }
}

function statusOf({ how, sipStatus }: PhoneCallEnd): number {
  return sipStatus ?? (how === 'hung-up' ? REQUEST_TERMINATED : BUSY_HERE);
}

import type { CallEnd, CallEndHow, CallStatus, PhoneCall } from '../phone/phone-call.js';

/** Ends of which the gateway tells the phone. */
const gatewayEnds: readonly CallEndHow[] = ['disconnected', 'no-answer', 'time-limit'];

/** What the gateway sends to the phone at the end of a call. A phone that calls in and is not answered gets a response instead. */
export function sipRequestOf(
  how: CallEndHow,
  status: CallStatus | undefined,
  direction: PhoneCall['direction'],
): Pick<CallEnd, 'sipRequest'> {
  if (!gatewayEnds.includes(how)) return {};
  if (status === 'active' || status === 'automation') return { sipRequest: 'BYE' };
  return direction === 'outbound' && status === 'ringing' ? { sipRequest: 'CANCEL' } : {};
}

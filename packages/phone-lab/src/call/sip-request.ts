import type { PhoneCallEnd, PhoneCallEndHow, CallStatus, PhoneCall } from '../phone/phone-call.js';

/** Ends that others see as a hang-up. */
export const hangUps: readonly PhoneCallEndHow[] = ['hung-up', 'transferred', 'time-limit', 'script-failed'];

/** Ends that the gateway signals to the phone. */
const gatewayEnds: readonly PhoneCallEndHow[] = ['disconnected', 'no-answer', 'time-limit'];

/** Returns the request that the gateway sends to the phone at the end of a call. A phone that calls in and is not answered gets a response instead. */
export function sipRequestOf(
  how: PhoneCallEndHow,
  status: CallStatus | undefined,
  direction: PhoneCall['direction'],
): Pick<PhoneCallEnd, 'sipRequest'> {
  if (!gatewayEnds.includes(how)) return {};
  if (status === 'active' || status === 'automation') return { sipRequest: 'BYE' };
  return direction === 'outbound' && status === 'ringing' ? { sipRequest: 'CANCEL' } : {};
}

import { PhoneLabError } from '../phone-lab-error.js';
import type { PhoneCall } from '../phone/phone-call.js';
import type { SimulatedCall } from '../call/simulated-call.js';

/** Rejects a step that is for calls of one direction, before the answer. Throws `misuse`, or `call-ended`. */
export function requireUnanswered(call: SimulatedCall, step: string, direction: PhoneCall['direction']): void {
  call.throwIfEnded();
  if (call.setup.direction !== direction) throw new PhoneLabError('misuse', `${step}() is for ${direction} calls`);
  if (call.current === 'active' || call.current === 'automation') {
    throw new PhoneLabError('misuse', `${step}() comes before the answer; this call is ${call.current}`);
  }
}

/** Rejects a step that needs an active call. Throws `misuse`, or `call-ended`. */
export function requireActive(call: SimulatedCall, step: string): void {
  call.throwIfEnded();
  if (call.current === 'active') return;
  const first = call.setup.direction === 'outbound' ? 'answer()' : 'await connected()';
  throw new PhoneLabError('misuse', `${step}() needs a call that is active; ${first} first`);
}

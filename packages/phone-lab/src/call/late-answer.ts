import { setTimeout as delay } from 'node:timers/promises';
import type { LateAnswer } from '../phone/phone-call.js';
import type { SimulatedCall } from './simulated-call.js';

/** Answers a call that has ended; the gateway acknowledges and sends BYE immediately (RFC 3261, section 15). */
export async function answerLate(call: SimulatedCall, afterMs: number): Promise<LateAnswer> {
  await call.gone;
  await delay(afterMs);
  const at = Date.now();
  call.lateAnswer = { at, byeAt: at };
  return call.lateAnswer;
}

import { anySound, drawTimeline } from '../ears/draw-timeline.js';
import { hearsFor } from '../ears/hears-for.js';
import { PhoneLabError } from '../phone-lab-error.js';
import { toSignature, type Signature } from '../tones/signature.js';
import type { KeyCursor } from '../phone/ivr-menu.js';
import type { WaitToHearOptions } from '../phone/phone-call.js';
import type { SimulatedCall } from '../call/simulated-call.js';

const defaultWaitMs = 10_000;

/** The default level of `'sound'`, as for tones. */
const soundDbfs = -45;

/** How much audio before the wait is drawn in its error, in milliseconds. */
const drawnBeforeMs = 5_000;

/** Waits until the phone hears it. Rejects with `timeout`, and with a picture of the audio heard instead. */
export async function waitToHear(
  call: SimulatedCall,
  what: number | Signature | 'sound',
  options: WaitToHearOptions,
): Promise<void> {
  const { timeoutMs = defaultWaitMs, forMs = 100, minLevelDbfs = soundDbfs, publisher } = options;
  const signature = what === 'sound' ? undefined : toSignature(what);
  const startedAt = Date.now();
  const hears = hearsFor(call.ear, signature ?? minLevelDbfs, forMs, startedAt, publisher);
  while (!hears()) {
    if (Date.now() - startedAt >= timeoutMs) {
      const name = signature?.name ?? `any sound of ${minLevelDbfs} dBFS`;
      const missed = `phone ${call.setup.number} did not hear ${name} within ${timeoutMs} ms`;
      const heard = drawTimeline(call.ear, signature ?? anySound, { from: startedAt - drawnBeforeMs });
      throw new PhoneLabError('timeout', `${missed}\n\n${heard}\n`);
    }
    await call.pause(40);
  }
}

/** Waits for a key that no step has taken. Rejects with `timeout`. */
export async function waitForKey(
  call: SimulatedCall,
  cursor: KeyCursor,
  timeoutMs: number = defaultWaitMs,
): Promise<string> {
  for (const deadline = Date.now() + timeoutMs; ; await call.pause(20)) {
    const next = call.keys[cursor.taken];
    if (next) {
      cursor.taken += 1;
      return next.key;
    }
    if (Date.now() >= deadline) {
      throw new PhoneLabError('timeout', `phone ${call.setup.number} got no key within ${timeoutMs} ms`);
    }
  }
}

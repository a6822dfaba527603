import { maxMoveMs, type MoveLimits } from '../move/move-participant.js';
import type { Timer } from './effect.js';

/** Timeouts in milliseconds, with the default of `moveTimeoutMs`. */
export const strategyLimits: Readonly<Record<Timer, number>> = Object.freeze(limitsFor(3_000));

/** Returns the timeouts of a move. A listing of LiveKit Cloud may lag behind. */
export function moveLimits(moveTimeoutMs: number): MoveLimits {
  return { requestMs: moveTimeoutMs, listedMs: 1_000 };
}

/** How long a human agent who hung up may still turn out to be moved, in milliseconds. */
export const hungUpMs = 1_500;

/** Returns the timeouts in milliseconds. */
export function limitsFor(moveTimeoutMs: number): Record<Timer, number> {
  // A hang-up takes 5 s at most.
  const answerMs = Math.max(maxMoveMs(moveLimits(moveTimeoutMs)), 5_500);
  return {
    // A server that moves participants does so within 0.3 s; one that hangs must not fail an accepted merge.
    'bridge-due': 1_000,
    // A move takes milliseconds, or seconds if the participant's client joins on a busy machine. Neither party should
    // wait in silence for longer.
    'arrival-due': 4_000,
    'answer-due': answerMs,
    // Proxies keep a request open for 15 s after its client has abandoned it.
    'move-expired': answerMs + 15_000,
  };
}

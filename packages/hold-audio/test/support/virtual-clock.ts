import type { Clock } from '../../src/play/clock.js';

/** A clock that only advances by sleeping. */
export class VirtualClock implements Clock {
  time = 1000;
  now(): number {
    return this.time;
  }
  async sleepUntil(time: number): Promise<void> {
    this.time = Math.max(this.time, time);
  }
}

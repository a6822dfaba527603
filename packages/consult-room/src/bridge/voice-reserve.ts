import { relayFrameMs } from '../media/audio-format.js';

/**
 * Frames of a window, half a second: audio that is held throughout a window only adds delay, since a process that keeps
 * up would have used it.
 */
const windowFrames = 50;

/** The smallest and the largest reserve, in milliseconds: a process whose frames arrive in time needs only the smallest. */
const leastMs = 10;
const mostMs = 30;

/** Windows without a gap, ten seconds, after which a smaller reserve is tried again. */
const calmWindows = 20;

const newWindow = Object.freeze({ frames: 0, fewestMs: Number.POSITIVE_INFINITY });

/** Decides how much sound a queue should hold against late frames: as little as this process has been seen to need. */
export class VoiceReserve {
  /** Starts below the minimum, since the first frame always finds the queue dry. */
  #neededMs = leastMs - relayFrameMs;
  #window: { readonly frames: number; readonly fewestMs: number } = newWindow;
  #calm = 0;

  /**
   * Takes what the queue holds when a frame arrives, in milliseconds, and whether it had run dry before. Returns the
   * number of frames that it should drop.
   */
  note(heldMs: number, isDry: boolean): number {
    if (isDry) {
      this.#neededMs = Math.min(mostMs, this.#neededMs + relayFrameMs);
      this.#calm = 0;
    }
    const frames = this.#window.frames + 1;
    const fewestMs = Math.min(this.#window.fewestMs, heldMs);
    this.#window = { frames, fewestMs };
    return frames === windowFrames ? this.#closeWindow(fewestMs) : 0;
  }

  #closeWindow(heldMs: number): number {
    this.#window = newWindow;
    this.#calm += 1;
    if (this.#calm >= calmWindows) {
      this.#neededMs = Math.max(leastMs, this.#neededMs - relayFrameMs);
      this.#calm = 0;
    }
    return Math.max(0, Math.floor((heldMs - this.#neededMs) / relayFrameMs));
  }
}

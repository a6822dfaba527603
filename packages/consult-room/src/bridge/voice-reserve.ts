import { relayFrameMs } from '../media/audio-format.js';

/** What is held throughout so many frames, half a second, only delays: a process that keeps up uses it meanwhile. */
const windowFrames = 50;

/** A process whose frames come in time needs no more than this; one whose frames do not, gets more. In milliseconds. */
const leastMs = 10;
const mostMs = 30;

/** So many windows without a gap, ten seconds, and less is tried again. */
const calmWindows = 20;

const newWindow = Object.freeze({ frames: 0, fewestMs: Number.POSITIVE_INFINITY });

/** How much sound a queue should hold against frames that come late: as little as this process has shown to need. */
export class VoiceReserve {
  /** The first frame finds the queue dry, which tells nothing yet. */
  #neededMs = leastMs - relayFrameMs;
  #window: { readonly frames: number; readonly fewestMs: number } = newWindow;
  #calm = 0;

  /**
   * Takes what the queue holds when a frame comes, in milliseconds, and whether it had run dry before. Returns how many frames
   * it holds too many.
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

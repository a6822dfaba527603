import { SampleWindows } from '../sample-windows.js';

const WINDOW_MS = 20;
/** Silence after which the line counts as quiet, in milliseconds: stops and breaths inside an utterance are shorter. */
const QUIET_MS = 240;
/** Sound after which the line counts as sounding again, in milliseconds: a click is shorter. */
const SOUND_MS = 80;
/** The longest gap in a sound that has just begun, in milliseconds. */
const GAP_MS = 60;
/** Shares of the loudest power: -20 dB and less is silence, -15 dB and more is sound. */
const [SILENT_SHARE, SOUND_SHARE] = [0.01, 0.03];
/** Mean squares, of full scale: -53 dBFS is always silence, and speech is louder than -43 dBFS. */
const [SILENT, QUIETEST_SPEECH] = [10 ** -5.3, 10 ** -4.3];
/** The loudest power decays by 6 dB a second, so that a bell before the speech is forgotten. */
const FADE = 10 ** ((-0.6 * WINDOW_MS) / 1000);

/** A change on the line: it sounds from now on, or is quiet. `forMs`: the duration of the state before. */
export interface LineSound {
  readonly now: boolean;
  readonly forMs: number;
}

/**
 * Detects whether a line sounds or is quiet, relative to the loudest sound so far. Faster than a VAD, which waits until it
 * is sure, but cannot tell speech from other sounds. Noise that is nearly as loud as the speech hides the end of the speech.
 * Pure: time is counted in samples.
 */
export class LineEar {
  readonly #windows = new SampleWindows(WINDOW_MS);
  #loudest = 0;
  #sounds = false;
  #silentMs = 0;
  #soundMs = 0;
  #sinceMs = 0;

  /** Receives mono samples. Returns the changes in them. */
  hear(samples: Int16Array, sampleRate: number): LineSound[] {
    const changes: LineSound[] = [];
    for (const window of this.#windows.cut(samples, sampleRate)) {
      this.#sinceMs += WINDOW_MS;
      if (!this.#changes(powerOf(window))) continue;
      changes.push({ now: this.#sounds, forMs: this.#sinceMs });
      this.#sinceMs = 0;
    }
    return changes;
  }

  #changes(power: number): boolean {
    this.#loudest = Math.max(this.#loudest * FADE, power, QUIETEST_SPEECH);
    const share = this.#sounds ? SILENT_SHARE : SOUND_SHARE;
    const isSilent = power <= Math.max(SILENT, this.#loudest * share);
    this.#silentMs = isSilent ? this.#silentMs + WINDOW_MS : 0;
    if (!isSilent) this.#soundMs += WINDOW_MS;
    else if (this.#silentMs > GAP_MS) this.#soundMs = 0;
    const sounds = this.#sounds ? this.#silentMs < QUIET_MS : this.#soundMs >= SOUND_MS;
    if (sounds === this.#sounds) return false;
    this.#sounds = sounds;
    return true;
  }
}

/** Returns the mean square, of full scale. */
function powerOf(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / samples.length / 32_768 ** 2;
}

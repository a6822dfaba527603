const WINDOW_MS = 20;
/** Silence by which the line has fallen quiet, in milliseconds: stops and breaths inside an utterance are shorter. */
const QUIET_MS = 240;
/** Sound by which it has begun again, in milliseconds: a click is shorter. */
const SOUND_MS = 80;
/** Gaps of what has begun to sound again, in milliseconds. */
const GAP_MS = 60;
/** Of the power of what was loudest: -20 dB is silence beside it, -15 dB sound. */
const [SILENT_SHARE, SOUND_SHARE] = [0.01, 0.03];
/** Mean squares, of full scale: -53 dBFS is silence always, and speech is louder than -43 dBFS. */
const [SILENT, QUIETEST_SPEECH] = [10 ** -5.3, 10 ** -4.3];
/** What was loudest fades by 6 dB a second, so that a bell before the speech is forgotten. */
const FADE = 10 ** ((-0.6 * WINDOW_MS) / 1000);

/** The line sounds from now on, or is quiet; `forMs`: how long it was the other way until then. */
export interface LineSound {
  readonly now: boolean;
  readonly forMs: number;
}

/**
 * Hears whether a line sounds or has fallen quiet, beside the loudest of what was heard before: sooner than a VAD, which waits
 * until it is sure, and without telling speech from other sounds. Noise that is nearly as loud as the speech hides its end.
 * Pure: time is counted in samples.
 */
export class LineEar {
  #rest: Int16Array = new Int16Array(0);
  #loudest = 0;
  #sounds = false;
  #silentMs = 0;
  #soundMs = 0;
  #sinceMs = 0;

  /** Takes mono samples; returns what has changed in them. */
  hear(samples: Int16Array, sampleRate: number): LineSound[] {
    const size = Math.round((sampleRate * WINDOW_MS) / 1000);
    const all = new Int16Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    const changes: LineSound[] = [];
    let from = 0;
    for (; from + size <= all.length; from += size) {
      this.#sinceMs += WINDOW_MS;
      if (!this.#changes(powerOf(all.subarray(from, from + size)))) continue;
      changes.push({ now: this.#sounds, forMs: this.#sinceMs });
      this.#sinceMs = 0;
    }
    this.#rest = all.slice(from);
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

/** The mean square, of full scale. */
function powerOf(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / samples.length / 32_768 ** 2;
}

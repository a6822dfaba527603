/** The beep of a mailbox is one sine of at least this length. */
const SHORTEST_MS = 120;
/** Longer ones are ringback, hold tones or data. */
const LONGEST_MS = 2000;
const WINDOW_MS = 20;
/** Share of a window's energy that is not the sine. */
const LARGEST_RESIDUE = 0.004;
/** Between the samples that are compared. */
const LAGS_MS = [0.25, 0.5, 1, 2];
/** -40 dBFS, as a mean square. */
const QUIETEST = 10 ** (-40 / 10) / 2;
/** Hz. Below is hum. */
const LOWEST = 300;
/** Largest change of the frequency within a beep. */
const DRIFT = 0.03;

/**
 * Hears the end of the beep after which a mailbox records. Pure: time is counted in samples.
 *
 * A sine obeys x[n] + x[n-2k] = c x[n-k] for every k. The best c of a window and what it leaves over tell a sine from voices, which
 * have overtones, from the two tones of keys and ringback, and from noise.
 */
export class BeepDetector {
  readonly #sampleRate: number;
  readonly #size: number;
  #rest: Int16Array = new Int16Array(0);
  #frequency = 0;
  #lengthMs = 0;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#size = Math.round((sampleRate * WINDOW_MS) / 1000);
  }

  /** Takes mono samples; true when a beep has ended in them. */
  hear(samples: Int16Array): boolean {
    const all = new Int16Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    let ended = false;
    let from = 0;
    for (; from + this.#size <= all.length; from += this.#size) {
      ended = this.#step(sineIn(all.subarray(from, from + this.#size), this.#sampleRate)) || ended;
    }
    this.#rest = all.slice(from);
    return ended;
  }

  #step(frequency: number | undefined): boolean {
    if (frequency !== undefined && Math.abs(frequency / this.#frequency - 1) < DRIFT) {
      this.#lengthMs += WINDOW_MS;
      return false;
    }
    const ended = this.#lengthMs >= SHORTEST_MS && this.#lengthMs <= LONGEST_MS;
    this.#frequency = frequency ?? 0;
    this.#lengthMs = frequency === undefined ? 0 : WINDOW_MS;
    return ended;
  }
}

/** The frequency of a window that is one sine. */
function sineIn(window: Int16Array, sampleRate: number): number | undefined {
  const { c, power } = fit(window, 1);
  if (power < QUIETEST || Math.abs(c) >= 2) return undefined;
  const frequency = (Math.acos(c / 2) * sampleRate) / (2 * Math.PI);
  if (frequency < LOWEST) return undefined;
  // Two tones look like one from close by, so samples that are further apart are looked at too.
  const lags = LAGS_MS.map((lagMs) => Math.round((lagMs * sampleRate) / 1000));
  return lags.every((lag) => fit(window, lag).residue < LARGEST_RESIDUE) ? frequency : undefined;
}

/** The best c, what it leaves over as a share of the most that it could, and the mean square of the window. */
function fit(window: Int16Array, lag: number): { c: number; residue: number; power: number } {
  let cross = 0;
  let middle = 0;
  let sides = 0;
  for (let index = 2 * lag; index < window.length; index += 1) {
    const now = window[index - lag] ?? 0;
    const both = (window[index - 2 * lag] ?? 0) + (window[index] ?? 0);
    cross += now * both;
    middle += now * now;
    sides += both * both;
  }
  if (middle === 0) return { c: 0, residue: 1, power: 0 };
  const c = cross / middle;
  return { c, residue: (sides - c * cross) / (4 * middle), power: middle / (window.length - 2 * lag) / 32_768 ** 2 };
}

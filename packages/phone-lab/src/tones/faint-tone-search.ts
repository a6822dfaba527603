import type { ToneInWindow } from './tone-evidence.js';

/** Windows of a tone that follow each other. */
export interface ToneRun {
  readonly startMs: number;
  readonly endMs: number;
  readonly windows: number;
  /** Of the loudest window. */
  readonly levelDbfs: number;
  /** One window of it was enough. */
  readonly isLoud: boolean;
}

/** A window that is at least this loud, and stands this far out, is enough by itself: a tone of 40 ms fills it in part. */
const loud = { levelDbfs: -45, contrastDb: 12 };

/** Windows of a fainter tone count together, and only from here on. */
const faintestDbfs = -76;

/** The evidence that a window adds: its contrast above 8 dB, or its lack of it, but no more than 8 dB either way. */
const evidenceDb = 8;

/** So many windows (of 64 ms, every 16 ms) of a clear tone are enough: a third of a second. */
const enoughDb = 18 * evidenceDb;

/**
 * Beside another sound that is this much louder, a window weighs a quarter: what a codec and a notch leave of a voice can
 * look like a tone for a moment. Through Opus such residue came to less than half of the needed level, and a tone of
 * -60 dBFS for 3 s beside a voice of -20 dBFS to one and a half times as much.
 */
const besideLoud = { byDb: 26, weight: 0.25 };

/** Runs that are this close are one: a codec breaks up faint sound. */
const sameRunMs = 100;

/** Adds up, window by window, whether a tone sounds: a cumulative sum that falls where something else sounds instead. */
export class FaintToneSearch {
  readonly #found: ToneRun[] = [];
  #sumDb = 0;
  #isEnough = false;
  /** Since the sum was last 0. */
  #runs: ToneRun[] = [];

  /** Windows come in order; those in which nothing at all sounds can be left out. */
  add(atMs: number, { levelDbfs, contrastDb, besideDbfs, allDbfs }: ToneInWindow): void {
    if (Math.max(levelDbfs, besideDbfs) < faintestDbfs) return;
    const surplus = levelDbfs < faintestDbfs ? -evidenceDb : contrastDb - evidenceDb;
    const weight = allDbfs - levelDbfs > besideLoud.byDb ? besideLoud.weight : 1;
    const evidence = weight * Math.max(-evidenceDb, Math.min(evidenceDb, surplus));
    // It does not grow beyond the needed level: a sound after the tone is judged on its own soon.
    this.#sumDb = Math.max(0, Math.min(enoughDb, this.#sumDb + evidence));
    this.#isEnough ||= this.#sumDb >= enoughDb;
    if (surplus > 0) this.#addToRun(atMs, levelDbfs, levelDbfs >= loud.levelDbfs && contrastDb >= loud.contrastDb);
    if (this.#sumDb === 0) this.#settle();
  }

  /** The runs that were found. */
  end(): readonly ToneRun[] {
    this.#settle();
    return this.#found;
  }

  #addToRun(atMs: number, levelDbfs: number, isLoud: boolean): void {
    const last = this.#runs.at(-1);
    if (last === undefined || atMs - last.endMs > sameRunMs) {
      this.#runs.push({ startMs: atMs, endMs: atMs, windows: 1, levelDbfs, isLoud });
      return;
    }
    this.#runs[this.#runs.length - 1] = {
      startMs: last.startMs,
      endMs: atMs,
      windows: last.windows + 1,
      levelDbfs: Math.max(last.levelDbfs, levelDbfs),
      isLoud: last.isLoud || isLoud,
    };
  }

  #settle(): void {
    this.#found.push(...this.#runs.filter(({ isLoud }) => this.#isEnough || isLoud));
    this.#runs = [];
    this.#sumDb = 0;
    this.#isEnough = false;
  }
}

import { SAMPLE_RATE } from '../pcm/clip.js';
import type { Clock } from './clock.js';
import type { Fader } from './fader.js';
import type { HoldTrack } from './hold-track.js';
import type { PcmReader } from '../readers/pcm-reader.js';
import { SampleQueue } from '../readers/sample-queue.js';

const FRAME_MS = 20;
const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MS) / 1000;
/** How long before its playing a frame is written: the delay of the event loop that causes no gap. */
const LEAD_MS = 80;
/** Frames that a track may still hold when it is stopped, at most. */
const RECENT_FRAMES = 8;
/** Frames of silence that follow a fade-out: a listener's buffer is discarded with the track. */
const SILENT_FRAMES = 3;
/** Delay before a rejected frame is written again. */
const RETRY_MS = 5;
/** Successive rejections (one second) after which the track counts as broken. */
const MAX_REJECTIONS = 200;

export interface PumpOptions {
  readonly reader: PcmReader;
  readonly fader: Fader;
  readonly track: HoldTrack;
  readonly clock: Clock;
  /** Aborted to fade out, play the fade, and return. */
  readonly stop: AbortSignal;
  readonly fadeOutMs: number;
  /** Aborted when the track is lost, to return immediately. */
  readonly lost: AbortSignal;
  /** Called when the first frame has been written. */
  onFirstFrame(): void;
}

/**
 * Writes frame after frame at the pace of an absolute clock, so that delays never add up. Returns after the fade-out of
 * a stop was played, or when the track is lost. Throws the track's error if it stays broken.
 */
export async function pump({ reader, fader, track, clock, ...options }: PumpOptions): Promise<void> {
  const { stop, lost } = options;
  const samples = new Float32Array(FRAME_SAMPLES);
  const frame = new Int16Array(FRAME_SAMPLES);
  const recent = new RecentFrames();
  const again = new SampleQueue();
  let fading = false;
  let silent = 0;
  /** The time at which the next frame is due to be heard. */
  let due = clock.now();
  for (let first = true; !lost.aborted; first = false) {
    if (stop.aborted && !fading) {
      fading = true;
      // Audio that is written ahead would delay the fade: it is discarded, and written again with the fade.
      const taken = fader.full ? await track.takeBack() : 0;
      again.put(recent.last(taken));
      due -= (taken / SAMPLE_RATE) * 1000;
      fader.fadeOut(options.fadeOutMs);
    }
    const before = again.take(samples);
    if (before < samples.length) reader.read(samples.subarray(before));
    if (!fading) recent.add(samples);
    fader.apply(samples, frame);
    await write(track, frame, clock, lost);
    if (first) options.onFirstFrame();
    due += FRAME_MS;
    if (fading && fader.silent) silent += 1;
    if (silent > SILENT_FRAMES) break;
    // Later than the queue could cover: the listener's time has moved on, and so does this one instead of catching up.
    if (clock.now() > due) due = clock.now();
    await clock.sleepUntil(due - LEAD_MS, fading ? undefined : stop);
  }
  if (!lost.aborted) await clock.sleepUntil(due);
}

/** The frames that were written last, at full volume. */
class RecentFrames {
  readonly #frames: Float32Array[] = [];

  add(samples: Float32Array): void {
    this.#frames.push(samples.slice());
    if (this.#frames.length > RECENT_FRAMES) this.#frames.shift();
  }

  last(count: number): Float32Array {
    const all = new Float32Array(this.#frames.length * FRAME_SAMPLES);
    for (const [index, frame] of this.#frames.entries()) all.set(frame, index * FRAME_SAMPLES);
    return all.subarray(all.length - count);
  }
}

async function write(track: HoldTrack, frame: Int16Array, clock: Clock, lost: AbortSignal): Promise<void> {
  for (let rejections = 1; ; rejections += 1) {
    try {
      await track.write(frame);
      return;
    } catch (error) {
      if (lost.aborted) return;
      if (rejections === MAX_REJECTIONS) throw error;
      await clock.sleepUntil(clock.now() + RETRY_MS);
    }
  }
}

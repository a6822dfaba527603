import { EAR_SAMPLE_RATE, type HeardTrack } from './ear.js';

const samplesPerMs = EAR_SAMPLE_RATE / 1000;

/** Frames that come later than this were not sent, but only if they stay late: a busy process delays frames in bursts. */
const lateMs = 60;
const stayLateMs = 300;

/** Silence in place of frames that were late. In samples. */
interface Pause {
  readonly at: number;
  readonly length: number;
}

/**
 * One track as it was heard, on the wall clock.
 *
 * The first frame's arrival anchors it; later frames follow without a gap, except where they stay late: there the
 * missing time is filled with silence. No frame arrives before it was spoken: one that would, tells that frames before it
 * came later than they were sent, and takes that time back.
 */
export class TrackRecording implements HeardTrack {
  readonly publisher: string;
  readonly trackName: string;
  readonly trackSid: string;
  #startsAt = 0;
  #pcm = new Int16Array(EAR_SAMPLE_RATE * 4);
  #length = 0;
  /** The newest silence that was filled in. */
  #pause: Pause = { at: 0, length: 0 };
  /** The sample and time at which frames began to be late, and the least of their delays. */
  #late: { readonly at: number; readonly since: number; leastMs: number } | undefined;

  constructor(track: Pick<HeardTrack, 'publisher' | 'trackName' | 'trackSid'>) {
    this.publisher = track.publisher;
    this.trackName = track.trackName;
    this.trackSid = track.trackSid;
  }

  get startsAt(): number {
    return this.#startsAt;
  }

  get endsAt(): number {
    return this.#startsAt + this.#length / samplesPerMs;
  }

  /** Samples so far; not a copy. */
  get pcm(): Int16Array {
    return this.#pcm.subarray(0, this.#length);
  }

  /** The part between two times (epoch, ms), or what there is of it, and when that begins; not a copy. */
  cut(from: number = this.startsAt, to: number = this.endsAt): { readonly from: number; readonly pcm: Int16Array } {
    const first = Math.max(0, Math.round((from - this.startsAt) * samplesPerMs));
    const end = Math.max(first, Math.round((to - this.startsAt) * samplesPerMs));
    return { from: this.startsAt + first / samplesPerMs, pcm: this.pcm.subarray(first, end) };
  }

  /** Adds a frame that arrived at this time (epoch, ms). */
  add(frame: Int16Array, arrivedAt: number): void {
    const frameMs = frame.length / samplesPerMs;
    if (this.#length === 0) this.#startsAt = arrivedAt - frameMs;
    const delayMs = arrivedAt - frameMs - this.endsAt;
    const at = this.#length;
    this.#append(frame);
    if (delayMs < 0) this.#takeBack(Math.round(-delayMs * samplesPerMs));
    if (delayMs <= lateMs) {
      this.#late = undefined;
      return;
    }
    this.#late ??= { at, since: arrivedAt, leastMs: delayMs };
    this.#late.leastMs = Math.min(this.#late.leastMs, delayMs);
    if (arrivedAt - this.#late.since < stayLateMs) return;
    this.#insertSilence({ at: this.#late.at, length: Math.round(this.#late.leastMs * samplesPerMs) });
    this.#late = undefined;
  }

  /** Silence that is only late frames is none; the rest is the delay of the first frame. */
  #takeBack(samples: number): void {
    const { at, length } = this.#pause;
    const taken = Math.min(samples, length);
    this.#pcm.copyWithin(at, at + taken, this.#length);
    this.#length -= taken;
    this.#pause = { at, length: length - taken };
    this.#startsAt -= (samples - taken) / samplesPerMs;
  }

  #append(samples: Int16Array): void {
    this.#reserve(samples.length);
    this.#pcm.set(samples, this.#length);
    this.#length += samples.length;
  }

  #insertSilence(pause: Pause): void {
    const { at, length } = pause;
    this.#reserve(length);
    this.#pcm.copyWithin(at + length, at, this.#length);
    this.#pcm.fill(0, at, at + length);
    this.#length += length;
    this.#pause = pause;
  }

  #reserve(samples: number): void {
    if (this.#length + samples <= this.#pcm.length) return;
    const larger = new Int16Array(Math.max(this.#pcm.length * 2, this.#length + samples));
    larger.set(this.pcm);
    this.#pcm = larger;
  }
}

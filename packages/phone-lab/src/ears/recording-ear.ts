import { PhoneLabError } from '../phone-lab-error.js';
import { findClicks, type ClickOptions } from '../tones/find-clicks.js';
import { findGaps, type GapOptions } from '../tones/find-gaps.js';
import { levelDbfs } from '../tones/level.js';
import { contentOf, toSignature, type Signature } from '../tones/signature.js';
import { samplesIn } from '../tones/tone-generator.js';
import { toneTimeline } from '../tones/tone-timeline.js';
import {
  EAR_SAMPLE_RATE,
  type Ear,
  type HeardClick,
  type HeardGap,
  type HeardLeak,
  type HeardOptions,
  type HeardRange,
  type HeardTrack,
  type HeardWindow,
} from './ear.js';
import { findLeaks } from './find-leaks.js';
import { TrackRecording } from './track-recording.js';
import { wavFile } from '../media/write-wav.js';

const windowMs = 100;
/** No recording of a test is longer: a longer range is a misuse of `from`. */
const longestMs = 24 * 3_600_000;

/** An ear over the recordings of the tracks that one participant hears. */
export class RecordingEar implements Ear {
  readonly #recordings: TrackRecording[] = [];

  get tracks(): readonly HeardTrack[] {
    return this.#recordings.filter((recording) => recording.pcm.length > 0);
  }

  /** Begins to record a track; frames go to the function that is returned. */
  record(track: Pick<HeardTrack, 'publisher' | 'trackName' | 'trackSid'>): (pcm: Int16Array) => void {
    const recording = new TrackRecording(track);
    this.#recordings.push(recording);
    return (pcm) => recording.add(pcm, performance.timeOrigin + performance.now());
  }

  heard(what: number | Signature, options: HeardOptions = {}): boolean {
    return this.heardMs(what, options) >= (options.forMs ?? windowMs);
  }

  heardMs(what: number | Signature, range: HeardRange = {}): number {
    const signature = toSignature(what);
    return this.timeline([signature], windowMs, range).filter((window) => window.heard.length > 0).length * windowMs;
  }

  firstHeardAt(what: number | Signature, range: HeardRange = {}): number | undefined {
    const signature = toSignature(what);
    const { from, pcm } = this.#mixed(range);
    const [size, step] = [samplesIn(60, EAR_SAMPLE_RATE), samplesIn(20, EAR_SAMPLE_RATE)];
    for (let at = 0; at + size <= pcm.length; at += step) {
      if (contentOf(pcm.subarray(at, at + size), EAR_SAMPLE_RATE, [signature]).heard.length > 0) {
        // A sound is found as soon as it fills about the last third of the window.
        return from + ((at + size) * 1000) / EAR_SAMPLE_RATE - 20;
      }
    }
    return undefined;
  }

  leaks(what: number | Signature | readonly Signature[], range: HeardRange = {}): readonly HeardLeak[] {
    const parties = isList(what) ? what : [toSignature(what)];
    const found = this.#chosen(range).flatMap((recording): HeardLeak[] => {
      const { publisher, trackName, trackSid } = recording;
      const { from, pcm } = recording.cut(range.from, range.to);
      return findLeaks(pcm, parties).map(({ startMs, ...leak }) => ({
        publisher,
        trackName,
        trackSid,
        at: from + startMs,
        ...leak,
      }));
    });
    return found.toSorted((a, b) => a.at - b.at);
  }

  timeline(signatures: readonly Signature[], ofMs: number = windowMs, range: HeardRange = {}): HeardWindow[] {
    const { from, pcm } = this.#mixed(range);
    return toneTimeline(pcm, EAR_SAMPLE_RATE, signatures, ofMs).map(({ startMs, ...window }) => ({
      at: from + startMs,
      ...window,
    }));
  }

  gaps(options: GapOptions & HeardRange = {}): HeardGap[] {
    const { from, pcm } = this.#mixed(options);
    const gaps = findGaps(pcm, EAR_SAMPLE_RATE, options);
    return gaps.map(({ startMs, lengthMs }) => ({ at: from + startMs, lengthMs }));
  }

  clicks(options: ClickOptions & HeardRange = {}): HeardClick[] {
    const { from, pcm } = this.#mixed(options);
    const clicks = findClicks(pcm, EAR_SAMPLE_RATE, options);
    return clicks.map(({ atMs, stepDbfs }) => ({ at: from + atMs, stepDbfs }));
  }

  levelDbfs(range: HeardRange = {}): number {
    return levelDbfs(this.pcm(range));
  }

  pcm(range: HeardRange = {}): Int16Array {
    return this.#mixed(range).pcm;
  }

  wav(range: HeardRange = {}): Uint8Array {
    return wavFile(this.pcm(range), EAR_SAMPLE_RATE);
  }

  #chosen({ publisher }: HeardRange): readonly TrackRecording[] {
    return this.#recordings.filter(
      (one) => one.pcm.length > 0 && (publisher === undefined || one.publisher === publisher),
    );
  }

  /** The sum of all tracks of the range; it ends where the recordings end. */
  #mixed(range: HeardRange): { readonly from: number; readonly pcm: Int16Array } {
    const tracks = this.#chosen(range);
    if (tracks.length === 0) return { from: range.from ?? 0, pcm: new Int16Array() };
    const from = range.from ?? Math.min(...tracks.map((one) => one.startsAt));
    const to = Math.min(range.to ?? Infinity, Math.max(...tracks.map((one) => one.endsAt)));
    if (to - from > longestMs) {
      throw new PhoneLabError('invalid-option', `from must be epoch ms, as Date.now() gives, not ${from}`);
    }
    const sum = new Int32Array(Math.max(0, samplesIn(to - from, EAR_SAMPLE_RATE)));
    for (const { startsAt, pcm } of tracks) {
      const offset = samplesIn(startsAt - from, EAR_SAMPLE_RATE);
      for (let i = Math.max(0, -offset); i < pcm.length && i + offset < sum.length; i += 1) {
        sum[i + offset] = (sum[i + offset] ?? 0) + (pcm[i] ?? 0);
      }
    }
    return { from, pcm: Int16Array.from(sum, (sample) => Math.max(-32_768, Math.min(32_767, sample))) };
  }
}

function isList(what: number | Signature | readonly Signature[]): what is readonly Signature[] {
  return Array.isArray(what);
}

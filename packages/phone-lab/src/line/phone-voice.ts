import { setTimeout as delay } from 'node:timers/promises';
import { FramePace } from './frame-pace.js';
import { LINE_AHEAD_MS, type LineSoundPath } from './line-sound-path.js';
import { mixPcm, samplesIn, softenEnds, toneDefaults, ToneGenerator } from '../tones/tone-generator.js';
import { LINE_VOICE_RATE, type PhoneLine } from './phone-line.js';
import { VoiceClip } from './voice-clip.js';

const frameMs = 20;
const frameSamples = samplesIn(frameMs, LINE_VOICE_RATE);

/** How much of a clip is asked for ahead of its time. */
const aheadSamples = samplesIn(100, LINE_VOICE_RATE);

/** The audio that a phone sends: at most one continuous tone, mixed with clips that are played one after another. */
export class PhoneVoice {
  readonly #line: PhoneLine;
  readonly #path: LineSoundPath | undefined;
  readonly #pace: FramePace = new FramePace(frameMs, LINE_AHEAD_MS);
  readonly #onSounding: (isSounding: boolean) => void;
  readonly #clips: VoiceClip[] = [];
  #tone: ToneGenerator | undefined;
  #endingTone: ToneGenerator | undefined;
  #startsTone = false;
  #pumping = false;
  #isActive = false;
  #isSounding = false;
  #closed = false;

  /**
   * `path` is what the phone's line does to sound; without one, frames flow only while something sounds. `onSounding` is
   * called when there is something to say, and when all of it was played.
   */
  constructor(line: PhoneLine, path?: LineSoundPath, onSounding: (isSounding: boolean) => void = () => undefined) {
    this.#line = line;
    this.#path = path;
    this.#onSounding = onSounding;
  }

  /** The call is active: from now on the path of the line sends sound without end. */
  begin(): void {
    this.#isActive = true;
    if (this.#path) this.#pump();
  }

  /** The function that takes what the phone hears of a new track, with an echo if the line has one. */
  hearing(record: (pcm: Int16Array) => void): (pcm: Int16Array) => void {
    const echo = this.#path?.hear();
    if (!echo) return record;
    return (pcm) => {
      record(pcm);
      echo(pcm);
    };
  }

  tone(frequency: number): void {
    this.#tone = new ToneGenerator([frequency], LINE_VOICE_RATE);
    this.#startsTone = true;
    this.#pump();
  }

  /**
   * Plays samples of {@link LINE_VOICE_RATE} after those that were given before; resolves when they were played. `quiet()`
   * ends it and notifies the source. Rejects with the error of the source.
   */
  async play(source: AsyncIterable<Int16Array>): Promise<void> {
    if (this.#closed) return;
    const clip = new VoiceClip(() => this.#pump());
    this.#clips.push(clip);
    await clip.feed(source, aheadSamples);
    await clip.over;
    // Under a lasting tone the line never runs dry; the queue of the line is short then.
    if (this.#livePath) await delay(LINE_AHEAD_MS);
    else if (!this.#tone) await this.#line.played();
  }

  quiet(): void {
    this.#endingTone = this.#tone;
    this.#tone = undefined;
    for (const clip of this.#clips.splice(0)) clip.drop();
  }

  close(): void {
    this.#closed = true;
    this.#tone = undefined;
    this.quiet();
    this.#line.dropAudio();
  }

  #pump(): void {
    if (this.#pumping || this.#closed) return;
    this.#pumping = true;
    if (!this.#livePath) this.#report(true);
    void this.#run();
  }

  async #run(): Promise<void> {
    for (let frame = this.#nextFrame(); frame; frame = this.#nextFrame()) {
      try {
        if (this.#livePath) await this.#pace.next();
        await this.#line.sendAudio(frame);
      } catch {
        await delay(frameMs); // The line went away under the frame, for good or while it moves.
      }
      this.#clips[0]?.settle();
    }
    this.#pumping = false;
    // A line that is gone has nothing left to play.
    await this.#line.played().catch(() => undefined);
    if (!this.#pumping) this.#report(false);
  }

  #report(isSounding: boolean): void {
    if (isSounding === this.#isSounding) return;
    this.#isSounding = isSounding;
    this.#onSounding(isSounding);
  }

  #nextFrame(): Int16Array | undefined {
    if (this.#closed) return undefined;
    const pieces = [this.#toneFrame(), this.#clipFrame()].filter((piece) => piece !== undefined);
    const path = this.#livePath;
    // A line that changes sound sends frames without end, also while the phone has nothing to say.
    if (path) this.#report(pieces.length > 0);
    if (pieces.length === 0 && !path) return undefined;
    const frame = mixPcm(new Int16Array(frameSamples), ...pieces);
    return path?.run(frame) ?? frame;
  }

  get #livePath(): LineSoundPath | undefined {
    return this.#isActive ? this.#path : undefined;
  }

  #toneFrame(): Int16Array | undefined {
    const ramp = samplesIn(toneDefaults.rampMs, LINE_VOICE_RATE);
    if (this.#tone) {
      const frame = this.#tone.next(frameSamples);
      if (!this.#startsTone) return frame;
      this.#startsTone = false;
      return fadeHalf(frame, ramp, 'in');
    }
    const ending = this.#endingTone;
    this.#endingTone = undefined;
    return ending && fadeHalf(ending.next(frameSamples), ramp, 'out');
  }

  #clipFrame(): Int16Array | undefined {
    while (this.#clips[0]?.isOver) this.#clips.shift();
    return this.#clips[0]?.take(frameSamples);
  }
}

/** Softens only the beginning or only the end. */
function fadeHalf(frame: Int16Array, rampSamples: number, which: 'in' | 'out'): Int16Array {
  const plain = frame.slice();
  const soft = softenEnds(frame, rampSamples);
  const middle = frame.length / 2;
  if (which === 'in') soft.set(plain.subarray(middle), middle);
  else soft.set(plain.subarray(0, middle), 0);
  return soft;
}

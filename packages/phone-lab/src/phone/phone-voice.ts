import { mixPcm, samplesIn, softenEnds, toneDefaults, ToneGenerator } from '../tones/tone-generator.js';
import { LINE_VOICE_RATE, type PhoneLine } from './phone-line.js';
import { VoiceClip } from './voice-clip.js';

const frameSamples = samplesIn(20, LINE_VOICE_RATE);

/** How much of a clip is asked for ahead of its time. */
const aheadSamples = samplesIn(100, LINE_VOICE_RATE);

/** What a phone sends: at most one lasting tone, mixed with clips that are played one after another. */
export class PhoneVoice {
  readonly #line: PhoneLine;
  readonly #onSounding: (isSounding: boolean) => void;
  readonly #clips: VoiceClip[] = [];
  #tone: ToneGenerator | undefined;
  #endingTone: ToneGenerator | undefined;
  #startsTone = false;
  #pumping = false;
  #closed = false;

  /** `onSounding` is called when there is something to say, and when all of it was played. */
  constructor(line: PhoneLine, onSounding: (isSounding: boolean) => void = () => undefined) {
    this.#line = line;
    this.#onSounding = onSounding;
  }

  tone(frequency: number): void {
    this.#tone = new ToneGenerator([frequency], LINE_VOICE_RATE);
    this.#startsTone = true;
    this.#pump();
  }

  /**
   * Plays samples of {@link LINE_VOICE_RATE} after those that were given before; resolves when they were played. `quiet()`
   * ends it, and the source is told. Rejects with the error of the source.
   */
  async play(source: AsyncIterable<Int16Array>): Promise<void> {
    if (this.#closed) return;
    const clip = new VoiceClip(() => this.#pump());
    this.#clips.push(clip);
    await clip.feed(source, aheadSamples);
    await clip.over;
    // Under a lasting tone the line never runs dry; the queue of the line is short then.
    if (!this.#tone) await this.#line.played();
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
    this.#onSounding(true);
    void this.#run();
  }

  async #run(): Promise<void> {
    for (let frame = this.#nextFrame(); frame; frame = this.#nextFrame()) {
      try {
        await this.#line.sendAudio(frame);
      } catch {
        if (this.#closed) return; // The line went away under the frame.
      }
      this.#clips[0]?.settle();
    }
    this.#pumping = false;
    await this.#line.played();
    if (!this.#pumping) this.#onSounding(false);
  }

  #nextFrame(): Int16Array | undefined {
    if (this.#closed) return undefined;
    const pieces = [this.#toneFrame(), this.#clipFrame()].filter((piece) => piece !== undefined);
    return pieces.length > 0 ? mixPcm(new Int16Array(frameSamples), ...pieces) : undefined;
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

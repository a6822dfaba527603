import type { AudioFrame } from '@livekit/rtc-node';
import { Resampler } from '../pcm/resampler.js';
import { HoldAudioError } from '../hold-audio-error.js';
import { SAMPLE_RATE } from '../pcm/clip.js';

const MIN_RATE = 8000;
const MAX_RATE = 192_000;

/**
 * Converts a stream's frames to mono at 48 kHz, in units of 16-bit samples. The rate may change from frame to frame.
 */
export class FrameConverter {
  #rate = SAMPLE_RATE;
  #resampler: Resampler | undefined;

  /** Returns the samples that a frame completes, first those from before a change of rate. */
  convert(frame: AudioFrame): Float32Array[] {
    const { data, sampleRate, channels } = frame;
    if (!(data instanceof Int16Array) || !(channels >= 1) || !(sampleRate >= MIN_RATE && sampleRate <= MAX_RATE)) {
      throw new HoldAudioError(
        'source-corrupt',
        `a frame of the source is not 16-bit audio of ${MIN_RATE} to ${MAX_RATE} Hz with at least one channel`,
      );
    }
    const before = sampleRate === this.#rate ? [] : this.end();
    if (sampleRate !== this.#rate) {
      this.#rate = sampleRate;
      this.#resampler = sampleRate === SAMPLE_RATE ? undefined : new Resampler(sampleRate, SAMPLE_RATE);
    }
    const mono = new Float32Array(Math.floor(data.length / channels));
    for (let i = 0; i < mono.length; i += 1) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel += 1) sum += data[i * channels + channel] as number;
      mono[i] = sum / channels;
    }
    return [...before, this.#resampler?.push(mono) ?? mono];
  }

  /** Returns the samples that a resampler still holds, 4 ms at most. */
  end(): Float32Array[] {
    const rest = this.#resampler?.end();
    this.#resampler = undefined;
    return rest === undefined ? [] : [rest];
  }
}

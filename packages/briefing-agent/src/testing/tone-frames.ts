import { AudioFrame } from '@livekit/rtc-node';

/** A tone of {@link toneFrames}. */
export interface Tone {
  /** In Hz. */
  frequency: number;
  lengthMs: number;
  sampleRate: number;
  /** Share of full scale. Default 0.3. */
  amplitude?: number;
}

const FRAME_MS = 20;
/** The ramps at both ends, in milliseconds: a click would sound like other frequencies. */
const RAMP_MS = 5;

/** Creates a tone as mono frames of 20 ms, ready for an audio source. */
export function toneFrames(tone: Tone): AudioFrame[] {
  const { frequency, lengthMs, sampleRate, amplitude = 0.3 } = tone;
  const perFrame = (sampleRate * FRAME_MS) / 1000;
  const ramp = (sampleRate * RAMP_MS) / 1000;
  const length = Math.ceil(lengthMs / FRAME_MS) * perFrame;
  const frames: AudioFrame[] = [];
  for (let start = 0; start < length; start += perFrame) {
    const data = new Int16Array(perFrame);
    for (let index = 0; index < perFrame; index += 1) {
      const at = start + index;
      const envelope = Math.min(1, at / ramp, (length - 1 - at) / ramp);
      data[index] = Math.round(32_767 * amplitude * envelope * Math.sin((2 * Math.PI * frequency * at) / sampleRate));
    }
    frames.push(new AudioFrame(data, sampleRate, 1, perFrame));
  }
  return frames;
}

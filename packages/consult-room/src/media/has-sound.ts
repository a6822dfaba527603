import type { AudioFrame } from '@livekit/rtc-node';

/** Whether a frame of 16-bit samples is louder than `peak`, of 32 767. */
export function hasSound(frame: AudioFrame, peak: number): boolean {
  return frame.data.some((sample) => sample > peak || sample < -peak);
}

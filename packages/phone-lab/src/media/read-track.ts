import { AudioStream, type AudioFrame, type RemoteTrack } from '@livekit/rtc-node';
import { keepPrivate } from './private-audio.js';

/**
 * Reads what a track carries: mono, in frames of 20 ms. Undefined for a track that was taken away between its
 * subscription and now, for which rtc-node throws: its end is reported next.
 */
export function readTrack(track: RemoteTrack, sampleRate: number): ReadableStreamDefaultReader<AudioFrame> | undefined {
  try {
    const stream = keepPrivate(() => new AudioStream(track, { sampleRate, numChannels: 1, frameSizeMs: 20 }));
    return stream.getReader();
  } catch {
    return undefined;
  }
}

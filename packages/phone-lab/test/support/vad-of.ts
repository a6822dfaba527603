import { inference, initializeLogger, VADEventType } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';

initializeLogger({ pretty: false, level: 'error' });

/** Where a VAD heard speech; ms from the first sample to the sample at which it reported the start and the end. */
export interface VadSpeech {
  readonly startMs: number;
  readonly endMs: number;
}

const sampleRate = 16_000;
/** The VAD looks at windows of 32 ms. */
const windowSamples = 512;

/**
 * The VAD that `@livekit/agents` bundles, with the options that a session has by default: a start is reported after 50 ms of
 * speech, an end after 250 ms of silence, and both delays are part of the times. Speech that has not ended has no entry.
 */
export async function vadOf(pcm: Int16Array): Promise<VadSpeech[]> {
  const stream = new inference.VAD().stream();
  const frameSamples = sampleRate / 100;
  const whole = pcm.length - (pcm.length % frameSamples);
  for (let at = 0; at < whole; at += frameSamples) {
    stream.pushFrame(new AudioFrame(pcm.slice(at, at + frameSamples), sampleRate, 1, frameSamples));
  }
  const windows = Math.floor(whole / windowSamples);
  const speech: VadSpeech[] = [];
  let startMs: number | undefined;
  let looked = 0;
  for await (const event of stream) {
    const atMs = (event.samplesIndex * 1000) / sampleRate;
    if (event.type === VADEventType.START_OF_SPEECH) startMs = atMs;
    if (event.type === VADEventType.END_OF_SPEECH && startMs !== undefined) speech.push({ startMs, endMs: atMs });
    // The event of a window comes before those that it leads to: one more window is awaited than is judged.
    if (event.type === VADEventType.INFERENCE_DONE && (looked += 1) === windows) break;
  }
  stream.close();
  return speech;
}

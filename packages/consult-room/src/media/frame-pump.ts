import { type AudioFrame, AudioStream, type RemoteTrack } from '@livekit/rtc-node';
import { relayFrameMs, relaySampleRate } from './audio-format.js';

/** Starts to read a track. Returns undefined for a track that ended before it could be read; its end is reported next. */
export function pumpFrames(track: RemoteTrack, onFrame: (frame: AudioFrame) => void): FramePump | undefined {
  try {
    return new FramePump(track, onFrame);
  } catch {
    return undefined;
  }
}

/** Passes each frame of a track to `onFrame`, in order, until it is stopped. */
export class FramePump {
  readonly track: RemoteTrack;
  readonly #reader: ReadableStreamDefaultReader<AudioFrame>;
  readonly #done: Promise<void>;

  constructor(track: RemoteTrack, onFrame: (frame: AudioFrame) => void) {
    this.track = track;
    const stream = new AudioStream(track, {
      sampleRate: relaySampleRate,
      numChannels: 1,
      frameSizeMs: relayFrameMs,
    });
    this.#reader = stream.getReader();
    this.#done = this.#run(onFrame);
  }

  /** Resolves when the last frame has been passed on and the stream is released. */
  async stop(): Promise<void> {
    await this.#reader.cancel();
    await this.#done;
  }

  async #run(onFrame: (frame: AudioFrame) => void): Promise<void> {
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) return;
      onFrame(value);
    }
  }
}

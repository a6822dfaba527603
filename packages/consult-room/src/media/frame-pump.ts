import { AudioStream } from '@livekit/rtc-node';
import type { AudioFrame, RemoteTrack } from '@livekit/rtc-node';
import { relayFrameMs, relaySampleRate } from './audio-format.js';

/** Undefined for a track that went away before it could be read: its end is told of next. */
export function pumpFrames(track: RemoteTrack, onFrame: (frame: AudioFrame) => void): FramePump | undefined {
  try {
    return new FramePump(track, onFrame);
  } catch {
    return undefined;
  }
}

/** Hands every frame of a track to `onFrame`, one after the other, until it is stopped. */
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

  /** Resolves when the last frame has been handed over and the stream is released. */
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

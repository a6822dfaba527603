import { AudioFrame } from '@livekit/rtc-node';
import { relayFrameSamples, relaySampleRate } from './relay-format.js';

/**
 * Plays the frames that it is given in real time, and silence when it has none, whatever this process is busy with.
 * An `AudioSource` with a queue of `voiceSinkMs` is one.
 */
export interface VoiceSink {
  /** Audio that was given and, by this process's clock, has not been played, in milliseconds. */
  readonly queuedDuration: number;
  /** Resolves when the sink holds no more than `voiceSinkMs`: it alone knows how much it has played. */
  captureFrame(frame: AudioFrame): Promise<void>;
  clearQueue(): void;
}

/** What a sink holds against frames that come late. In milliseconds. */
export const voiceSinkMs = 30;

export interface VoiceQueueEvents {
  /** Called with each frame that is about to be handed to the sink. */
  readonly onSending: (frame: AudioFrame) => void;
  /** Called with each frame that the sink has taken. */
  readonly onSent: (frame: AudioFrame) => void;
  /** Called when the sink has refused a frame. */
  readonly onFailed: (error: unknown) => void;
}

/** Silence ahead of the first frame, since frames come some milliseconds early or late. In frames. */
const cushionFrames = 2;

/** Of more frames that wait for the sink, all but the newest are too old for a conversation. */
const maxWaiting = 30;

/** Frames that wait throughout so many, half a second, only delay: a process that keeps up hands them on meanwhile. */
const windowFrames = 50;

const silence = AudioFrame.create(relaySampleRate, 1, relayFrameSamples);

/**
 * Hands frames to a sink, and keeps their delay short: a process that stood still receives all that it has missed, and
 * would play it late for the rest of the call. Frames that are too old are dropped instead.
 */
export class VoiceQueue {
  readonly #sink: VoiceSink;
  readonly #events: VoiceQueueEvents;
  #waiting: AudioFrame[] = [];
  #sending: Promise<void> | undefined;
  #window = { frames: 0, fewestWaiting: Number.POSITIVE_INFINITY };
  #droppedFrames = 0;

  constructor(sink: VoiceSink, events: VoiceQueueEvents) {
    this.#sink = sink;
    this.#events = events;
  }

  /** Frames that were never heard because they had become too old. */
  get droppedFrames(): number {
    return this.#droppedFrames;
  }

  push(frame: AudioFrame): void {
    if (!this.#sending && this.#sink.queuedDuration === 0) {
      this.#waiting = Array.from({ length: cushionFrames }, () => silence);
    }
    const lasting = this.#countLasting();
    this.#waiting.push(frame);
    this.#drop(this.#waiting.length > maxWaiting ? this.#waiting.length - 1 : lasting);
    this.#sending ??= this.#send();
  }

  /** Drops all that has not been heard yet, uncounted. */
  clear(): void {
    this.#waiting = [];
    try {
      this.#sink.clearQueue();
    } catch (error) {
      // A sink that can't be cleared is one that plays nothing any more.
      this.#events.onFailed(error);
    }
  }

  /** Resolves when no frame is on its way into the sink. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  /** At the end of a window: how many frames have waited throughout. */
  #countLasting(): number {
    const frames = this.#window.frames + 1;
    const fewestWaiting = Math.min(this.#window.fewestWaiting, this.#waiting.length);
    const isOver = frames === windowFrames;
    this.#window = isOver ? { frames: 0, fewestWaiting: Number.POSITIVE_INFINITY } : { frames, fewestWaiting };
    return isOver ? fewestWaiting : 0;
  }

  #drop(frames: number): void {
    this.#droppedFrames += this.#waiting.splice(0, frames).filter(isVoice).length;
  }

  async #send(): Promise<void> {
    for (let frame = this.#waiting.shift(); frame; frame = this.#waiting.shift()) {
      try {
        if (isVoice(frame)) this.#events.onSending(frame);
        await this.#sink.captureFrame(frame);
        if (isVoice(frame)) this.#events.onSent(frame);
      } catch (error) {
        this.#events.onFailed(error);
      }
    }
    this.#sending = undefined;
  }
}

function isVoice(frame: AudioFrame): boolean {
  return frame !== silence;
}

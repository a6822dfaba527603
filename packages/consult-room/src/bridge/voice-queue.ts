import { AudioFrame } from '@livekit/rtc-node';
import { relayFrameMs, relayFrameSamples, relaySampleRate } from '../media/audio-format.js';
import { VoiceReserve } from './voice-reserve.js';

/**
 * Plays the given frames in real time, and silence when it has none, however busy this process is. An `AudioSource`
 * with a queue of `voiceSinkMs` implements it.
 */
export interface VoiceSink {
  /** Audio that was given and, by this process's clock, has not been played, in milliseconds. */
  readonly queuedDuration: number;
  /** Resolves when the sink holds no more than `voiceSinkMs`: only the sink knows how much it has played. */
  captureFrame(frame: AudioFrame): Promise<void>;
  clearQueue(): void;
}

/** The audio that a sink holds against late frames, in milliseconds. */
export const voiceSinkMs = 30;

export interface VoiceQueueEvents {
  /** Called with each frame before it is passed to the sink. */
  readonly onSending: (frame: AudioFrame) => void;
  /** Called with each frame that the sink has taken. */
  readonly onSent: (frame: AudioFrame) => void;
  /** Called with each frame that was dropped because it had become too old. */
  readonly onDropped: (frame: AudioFrame) => void;
  /** Called when the sink has rejected a frame. */
  readonly onFailed: (error: unknown) => void;
}

/** The most frames that may wait for the sink; of more, all but the newest are too old for a conversation. */
const maxWaiting = 30;

const silence = AudioFrame.create(relaySampleRate, 1, relayFrameSamples);

/**
 * Passes frames to a sink, and keeps their delay short: a process whose event loop was blocked receives all that it has
 * missed, and would play it late for the rest of the call. Frames that are too old are dropped instead.
 */
export class VoiceQueue {
  readonly #sink: VoiceSink;
  readonly #events: VoiceQueueEvents;
  readonly #reserve = new VoiceReserve();
  #waiting: AudioFrame[] = [];
  #sending: Promise<void> | undefined;
  /** The first of the frames that were just dropped. */
  #cut: AudioFrame | undefined;

  constructor(sink: VoiceSink, events: VoiceQueueEvents) {
    this.#sink = sink;
    this.#events = events;
  }

  push(frame: AudioFrame): void {
    const isDry = !this.#sending && this.#sink.queuedDuration === 0;
    const spare = this.#reserve.note(this.#sink.queuedDuration + this.#waiting.length * relayFrameMs, isDry);
    // Silence ahead of the first frame: frames arrive some milliseconds early or late.
    if (isDry) this.#waiting = [silence];
    this.#waiting.push(frame);
    this.#drop(this.#waiting.length > maxWaiting ? this.#waiting.length - 1 : spare);
    // The dropped frames fade into the following one, which may still have to arrive.
    const [first] = this.#waiting;
    if (first === undefined) return;
    if (this.#cut) this.#waiting[0] = crossfade(this.#cut, first);
    this.#cut = undefined;
    this.#sending ??= this.#send();
  }

  /** Drops all frames that have not been played yet, without counting them. */
  clear(): void {
    this.#waiting = [];
    this.#cut = undefined;
    try {
      this.#sink.clearQueue();
    } catch (error) {
      // A sink that cannot be cleared plays nothing any more.
      this.#events.onFailed(error);
    }
  }

  /** Resolves when no frame is being passed to the sink. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  #drop(frames: number): void {
    const dropped = this.#waiting.splice(0, frames).filter(isVoice);
    this.#cut ??= dropped[0];
    for (const frame of dropped) this.#events.onDropped(frame);
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

/** Fades from one frame to the other without a jump. */
function crossfade(from: AudioFrame, to: AudioFrame): AudioFrame {
  const faded = AudioFrame.create(to.sampleRate, to.channels, to.samplesPerChannel);
  const { length } = faded.data;
  for (let at = 0; at < length; at += 1) {
    const share = at / length;
    faded.data[at] = Math.round((from.data[at] ?? 0) * (1 - share) + (to.data[at] ?? 0) * share);
  }
  return faded;
}

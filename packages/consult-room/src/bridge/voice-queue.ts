import { AudioFrame } from '@livekit/rtc-node';
import { relayFrameMs, relayFrameSamples, relaySampleRate } from '../media/audio-format.js';
import { VoiceReserve } from './voice-reserve.js';

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
  /** Called with each frame that is never heard because it has become too old. */
  readonly onDropped: (frame: AudioFrame) => void;
  /** Called when the sink has refused a frame. */
  readonly onFailed: (error: unknown) => void;
}

/** Of more frames that wait for the sink, all but the newest are too old for a conversation. */
const maxWaiting = 30;

const silence = AudioFrame.create(relaySampleRate, 1, relayFrameSamples);

/**
 * Hands frames to a sink, and keeps their delay short: a process that stood still receives all that it has missed, and
 * would play it late for the rest of the call. Frames that are too old are dropped instead.
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
    // Silence ahead of the first frame: frames come some milliseconds early or late.
    if (isDry) this.#waiting = [silence];
    this.#waiting.push(frame);
    this.#drop(this.#waiting.length > maxWaiting ? this.#waiting.length - 1 : spare);
    // What was dropped fades into what follows, which may be the next frame to come.
    const [first] = this.#waiting;
    if (first === undefined) return;
    if (this.#cut) this.#waiting[0] = crossfade(this.#cut, first);
    this.#cut = undefined;
    this.#sending ??= this.#send();
  }

  /** Drops all that has not been heard yet, uncounted. */
  clear(): void {
    this.#waiting = [];
    this.#cut = undefined;
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

/** Goes from one frame to the other without a jump. */
function crossfade(from: AudioFrame, to: AudioFrame): AudioFrame {
  const faded = AudioFrame.create(to.sampleRate, to.channels, to.samplesPerChannel);
  const { length } = faded.data;
  for (let at = 0; at < length; at += 1) {
    const share = at / length;
    faded.data[at] = Math.round((from.data[at] ?? 0) * (1 - share) + (to.data[at] ?? 0) * share);
  }
  return faded;
}

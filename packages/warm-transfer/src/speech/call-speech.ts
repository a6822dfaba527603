import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
import { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { ConnectedCall } from '../outcome/connected-call.js';

/** Plays one speech of a session to both sides of a call. `onFailed` receives the error of a failed playback. */
export class CallSpeech extends voice.AudioOutput {
  readonly #call: Pick<ConnectedCall, 'play'>;
  readonly #onFailed: (cause: unknown) => void;
  readonly #stop: AbortController = new AbortController();
  readonly #frames: ReadableStream<AudioFrame>;
  #toFrames!: ReadableStreamDefaultController<AudioFrame>;
  #isOpen = true;
  #hasBegun = false;
  #seconds = 0;

  constructor(call: Pick<ConnectedCall, 'play'>, onFailed: (cause: unknown) => void) {
    super();
    this.#call = call;
    this.#onFailed = onFailed;
    this.#frames = new ReadableStream({ start: (controller) => void (this.#toFrames = controller) });
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame);
    if (!this.#isOpen) return;
    this.#seconds += frame.samplesPerChannel / frame.sampleRate;
    this.#toFrames.enqueue(frame);
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    void this.#play();
  }

  override flush(): void {
    super.flush();
    this.#end();
  }

  override clearBuffer(): void {
    this.#stop.abort();
    this.#end();
  }

  async #play(): Promise<void> {
    this.onPlaybackStarted(Date.now());
    const { signal } = this.#stop;
    let interrupted = false;
    try {
      await this.#call.play(this.#frames, { signal });
    } catch (cause) {
      interrupted = true;
      if (!signal.aborted) this.#onFailed(cause);
    }
    this.onPlaybackFinished({ playbackPosition: this.#seconds, interrupted });
  }

  #end(): void {
    if (this.#isOpen) this.#toFrames.close();
    this.#isOpen = false;
  }
}

import { APIConnectionError, stt } from '@livekit/agents';
import type { ScriptedSTT } from '@org/briefing-agent/testing';
import { deferred } from '@org/support';

/**
 * Recognizes what `ears` does, and closes a stream that gets no audio for `limitMs`, as streaming providers do after some
 * ten seconds. `starved` counts those streams.
 */
export class StarvingSTT extends stt.STT {
  label = 'starving-stt';
  starved = 0;
  readonly #ears: ScriptedSTT;
  readonly #limitMs: number;

  constructor(ears: ScriptedSTT, limitMs: number) {
    super({ streaming: true, interimResults: false });
    this.#ears = ears;
    this.#limitMs = limitMs;
  }

  protected override _recognize(): Promise<never> {
    throw new Error('it streams');
  }

  override stream(): stt.SpeechStream {
    return new StarvingStream(this, this.#ears.stream(), this.#limitMs);
  }
}

class StarvingStream extends stt.SpeechStream {
  label = 'starving-stt';
  readonly #owner: StarvingSTT;
  readonly #ears: stt.SpeechStream;
  readonly #limitMs: number;

  constructor(owner: StarvingSTT, ears: stt.SpeechStream, limitMs: number) {
    super(owner);
    this.#owner = owner;
    this.#ears = ears;
    this.#limitMs = limitMs;
  }

  protected override async run(): Promise<void> {
    try {
      await Promise.race([this.#listen(), this.#tell()]);
    } finally {
      this.#ears.close();
    }
  }

  async #listen(): Promise<void> {
    const starved = deferred<Error>();
    const limit = setTimeout(() => {
      this.#owner.starved += 1;
      starved.resolve(new APIConnectionError({ message: 'no audio', options: { retryable: false } }));
    }, this.#limitMs);
    const failure = starved.promise.then((error) => Promise.reject(error));
    try {
      await Promise.race([this.#feed(() => limit.refresh()), failure]);
    } finally {
      clearTimeout(limit);
    }
  }

  async #feed(fed: () => void): Promise<void> {
    for await (const frame of this.input) {
      fed();
      if (typeof frame !== 'symbol') this.#ears.pushFrame(frame);
    }
  }

  async #tell(): Promise<void> {
    for await (const event of this.#ears) if (!this.queue.closed) this.queue.put(event);
  }
}

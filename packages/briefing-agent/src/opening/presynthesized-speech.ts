import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';

/** A string that is synthesized in the voice of a session before it is said. */
export class PresynthesizedSpeech {
  /** `taken`: at least once, and perhaps again; `dropped`: not again; `canceled`: no audio is available. */
  #state: 'ready' | 'taken' | 'dropped' | 'canceled' = 'ready';
  #rest: ReadableStreamDefaultReader<AudioFrame> | undefined;
  /** Null at the end. */
  readonly #frames: (AudioFrame | null)[] = [];
  #reading: Promise<void> | undefined;
  readonly #ignoreVoice: () => void;

  /** Starts the synthesis in a session that has started with the agent. */
  constructor(session: voice.AgentSession, agent: voice.Agent, text: string, signal: AbortSignal) {
    const cancel = (): void => this.#cancel();
    const { tts } = session;
    // Only this event reports a voice that breaks off. The text is then synthesized again when it is said.
    tts?.on('error', cancel);
    this.#ignoreVoice = () => tts?.off('error', cancel);
    signal.addEventListener('abort', cancel, { once: true });
    this.#synthesize(session, agent, text).catch(cancel);
  }

  /**
   * Returns the speech from its beginning, also while its end is still being synthesized. Can be called again. Returns
   * undefined when the voice had not begun by the first call, or had failed.
   */
  take(): ReadableStream<AudioFrame> | undefined {
    if (this.#state === 'ready' && this.#frames[0] == null) this.#cancel();
    if (this.#state === 'canceled') return undefined;
    this.#state = 'taken';
    this.#ignoreVoice();
    let at = 0;
    return new ReadableStream({
      pull: async (speech) => {
        while (at >= this.#frames.length) await this.#readNext();
        const frame = this.#frames[at] ?? null;
        at += 1;
        if (frame === null) speech.close();
        else speech.enqueue(frame);
      },
      cancel: () => (this.#state === 'taken' ? undefined : this.#rest?.cancel()),
    });
  }

  /** Releases the audio: the speech is not taken again. */
  drop(): void {
    if (this.#state === 'taken') this.#state = 'dropped';
    else this.#cancel();
  }

  async #synthesize({ sessionOptions }: voice.AgentSession, agent: voice.Agent, text: string): Promise<void> {
    const transforms = sessionOptions.ttsTextTransforms ?? [];
    const words = voice.textTransforms.applyTextTransforms(ReadableStream.from([text]), transforms);
    // Buffers all audio of the voice until it is read.
    const made = await agent.ttsNode(words, {});
    this.#rest = made?.getReader();
    if (this.#state === 'canceled') this.#cancel();
    await this.#readNext();
  }

  /** Reads one more frame, or the end. */
  #readNext(): Promise<void> {
    const read = async (): Promise<void> => {
      const { value } = (await this.#rest?.read()) ?? {};
      this.#frames.push(value ?? null);
    };
    this.#reading ??= read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  #cancel(): void {
    this.#state = 'canceled';
    this.#ignoreVoice();
    this.#rest?.cancel().catch(() => {});
  }
}

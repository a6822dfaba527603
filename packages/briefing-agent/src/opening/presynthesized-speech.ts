import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';

/** A text in the voice of a session, made before it is said. */
export class SpeechAhead {
  /** `taken`: at least once, and perhaps again; `dropped`: not again; `canceled`: none of it is to be had. */
  #state: 'ahead' | 'taken' | 'dropped' | 'canceled' = 'ahead';
  #rest: ReadableStreamDefaultReader<AudioFrame> | undefined;
  /** Null at the end. */
  readonly #frames: (AudioFrame | null)[] = [];
  #reading: Promise<void> | undefined;
  readonly #ignoreVoice: () => void;

  /** The session has started, with this agent. */
  constructor(session: voice.AgentSession, agent: voice.Agent, text: string, signal: AbortSignal) {
    const cancel = (): void => this.#cancel();
    const { tts } = session;
    // Only this event tells of a voice that breaks off. It is asked once more when the text is said, and then it matters.
    tts?.on('error', cancel);
    this.#ignoreVoice = () => tts?.off('error', cancel);
    signal.addEventListener('abort', cancel, { once: true });
    this.#make(session, agent, text).catch(cancel);
  }

  /**
   * The speech from its beginning, even while its end is still being made, as often as it is taken; undefined when the voice had
   * not begun at first, or had failed by then.
   */
  take(): ReadableStream<AudioFrame> | undefined {
    if (this.#state === 'ahead' && this.#frames[0] == null) this.#cancel();
    if (this.#state === 'canceled') return undefined;
    this.#state = 'taken';
    this.#ignoreVoice();
    let at = 0;
    return new ReadableStream({
      pull: async (speech) => {
        while (at >= this.#frames.length) await this.#readOn();
        const frame = this.#frames[at] ?? null;
        at += 1;
        if (frame === null) speech.close();
        else speech.enqueue(frame);
      },
      cancel: () => (this.#state === 'taken' ? undefined : this.#rest?.cancel()),
    });
  }

  /** It is not taken again. */
  drop(): void {
    if (this.#state === 'taken') this.#state = 'dropped';
    else this.#cancel();
  }

  async #make({ sessionOptions }: voice.AgentSession, agent: voice.Agent, text: string): Promise<void> {
    const transforms = sessionOptions.ttsTextTransforms ?? [];
    const words = voice.textTransforms.applyTextTransforms(ReadableStream.from([text]), transforms);
    // Holds all that the voice makes until it is read.
    const made = await agent.ttsNode(words, {});
    this.#rest = made?.getReader();
    if (this.#state === 'canceled') this.#cancel();
    await this.#readOn();
  }

  /** Reads one more frame, or the end. */
  #readOn(): Promise<void> {
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

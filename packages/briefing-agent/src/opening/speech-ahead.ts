import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';

/** A text in the voice of a session, made before it is said. */
export class SpeechAhead {
  readonly #over = new AbortController();
  #rest: ReadableStreamDefaultReader<AudioFrame> | undefined;
  #first: AudioFrame | undefined;

  /** The session has started, with this agent. */
  constructor(session: voice.AgentSession, agent: voice.Agent, text: string, signal: AbortSignal) {
    const cancel = (): void => this.#cancel();
    const { tts } = session;
    // Only this event tells of a voice that breaks off. It is asked once more when the text is said, and then it matters.
    tts?.on('error', cancel);
    this.#over.signal.addEventListener('abort', () => tts?.off('error', cancel));
    signal.addEventListener('abort', cancel, { signal: this.#over.signal });
    this.#make(session, agent, text).catch(cancel);
  }

  /**
   * The speech from its beginning, even while its end is still being made; undefined when the voice has not begun, or has
   * failed since. Once.
   */
  take(): ReadableStream<AudioFrame> | undefined {
    const first = this.#first;
    const rest = this.#rest;
    if (this.#over.signal.aborted) return undefined;
    if (first === undefined || rest === undefined) {
      this.#cancel();
      return undefined;
    }
    this.#over.abort();
    return new ReadableStream({
      start: (speech) => speech.enqueue(first),
      pull: async (speech) => {
        const { value } = await rest.read();
        if (value === undefined) speech.close();
        else speech.enqueue(value);
      },
      cancel: () => rest.cancel(),
    });
  }

  async #make({ sessionOptions }: voice.AgentSession, agent: voice.Agent, text: string): Promise<void> {
    const transforms = sessionOptions.ttsTextTransforms ?? [];
    const words = voice.textTransforms.applyTextTransforms(ReadableStream.from([text]), transforms);
    // Holds all that the voice makes until it is read.
    const made = await agent.ttsNode(words, {});
    this.#rest = made?.getReader();
    if (this.#over.signal.aborted) this.#cancel();
    this.#first = (await this.#rest?.read())?.value;
  }

  #cancel(): void {
    this.#over.abort();
    this.#rest?.cancel().catch(() => {});
  }
}

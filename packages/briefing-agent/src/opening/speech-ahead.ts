import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';

/** A text in the voice of a session, made before it is said. */
export class SpeechAhead {
  readonly #over = new AbortController();
  #rest: ReadableStreamDefaultReader<AudioFrame> | undefined;
  readonly #frames: AudioFrame[] = [];
  #reading: Promise<void> | undefined;
  #isComplete = false;
  #isTaken = false;
  #isDropped = false;

  /** The session has started, with this agent. */
  constructor(session: voice.AgentSession, agent: voice.Agent, text: string, signal: AbortSignal) {
    const cancel = (): void => this.#cancel();
    const { tts } = session;
    // Only this event tells of a voice that breaks off. It is asked once more when the text is said, and then it matters.
    tts?.on('error', cancel);
    this.#over.signal.addEventListener('abort', () => tts?.off('error', cancel));
    signal.addEventListener('abort', cancel, { once: true });
    this.#make(session, agent, text).catch(cancel);
  }

  /**
   * The speech from its beginning, even while its end is still being made, as often as it is taken; undefined when the voice had
   * not begun at first, or had failed by then.
   */
  take(): ReadableStream<AudioFrame> | undefined {
    if (!this.#isTaken && (this.#over.signal.aborted || this.#frames.length === 0)) {
      this.#cancel();
      return undefined;
    }
    this.#isTaken = true;
    this.#over.abort();
    let at = 0;
    return new ReadableStream({
      pull: async (speech) => {
        while (at >= this.#frames.length && !this.#isComplete) await this.#readOn();
        const frame = this.#frames[at];
        at += 1;
        if (frame === undefined) speech.close();
        else speech.enqueue(frame);
      },
      cancel: () => (this.#isDropped ? this.#rest?.cancel() : undefined),
    });
  }

  /** It is not taken again. */
  drop(): void {
    this.#isDropped = true;
  }

  async #make({ sessionOptions }: voice.AgentSession, agent: voice.Agent, text: string): Promise<void> {
    const transforms = sessionOptions.ttsTextTransforms ?? [];
    const words = voice.textTransforms.applyTextTransforms(ReadableStream.from([text]), transforms);
    // Holds all that the voice makes until it is read.
    const made = await agent.ttsNode(words, {});
    this.#rest = made?.getReader();
    if (this.#over.signal.aborted) this.#cancel();
    await this.#readOn();
  }

  /** Reads one more frame, or the end. */
  #readOn(): Promise<void> {
    const read = async (): Promise<void> => {
      const { value } = (await this.#rest?.read()) ?? {};
      if (value === undefined) this.#isComplete = true;
      else this.#frames.push(value);
    };
    this.#reading ??= read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  #cancel(): void {
    this.#over.abort();
    this.#rest?.cancel().catch(() => {});
  }
}

import { type APIConnectOptions, tts } from '@livekit/agents';
import { sleep } from './sleep.js';
import { toneFrames } from './tone-frames.js';

/** Options of a {@link ScriptedTTS}. */
export interface ScriptedTTSOptions {
  /** The frequency of the voice, in Hz. */
  frequency: number;
  /** Length of the tone per character, in milliseconds. Default 20. */
  msPerCharacter?: number;
  /** Delay of the first audio of each utterance, in milliseconds. Default 0. */
  delayMs?: number;
  /** Sample rate of the mono audio: 24 000 (default) or 48 000 Hz. */
  sampleRate?: number;
  /** Fails every utterance with this error. Default none. */
  fails?: Error;
}

type Voice = Required<Omit<ScriptedTTSOptions, 'fails'>> & Pick<ScriptedTTSOptions, 'fails'>;

/** The shortest utterance, in milliseconds, so that a listener's windows can detect it. */
const SHORTEST_MS = 200;

/** A voice for tests: it speaks every string as a tone with a length in proportion to that of the string. */
export class ScriptedTTS extends tts.TTS {
  readonly label = 'scripted-tts';
  readonly #voice: Voice;

  constructor(options: ScriptedTTSOptions) {
    const voice = { msPerCharacter: 20, delayMs: 0, sampleRate: 24_000, ...options };
    super(voice.sampleRate, 1, { streaming: true });
    this.#voice = voice;
  }

  synthesize(text: string, connOptions?: APIConnectOptions, abortSignal?: AbortSignal): tts.ChunkedStream {
    return new ScriptedChunkedStream(text, this, this.#voice, connOptions, abortSignal);
  }

  stream(options?: { connOptions?: APIConnectOptions }): tts.SynthesizeStream {
    return new ScriptedSynthesizeStream(this, this.#voice, options?.connOptions);
  }
}

class ScriptedChunkedStream extends tts.ChunkedStream {
  readonly label = 'scripted-tts-chunked';
  readonly #voice: Voice;

  constructor(text: string, owner: tts.TTS, voice: Voice, connOptions?: APIConnectOptions, abortSignal?: AbortSignal) {
    super(text, owner, connOptions, abortSignal);
    this.#voice = voice;
  }

  protected async run(): Promise<void> {
    for await (const audio of spoken(this.inputText, this.#voice, this.abortSignal)) {
      if (this.queue.closed) return;
      this.queue.put(audio);
    }
  }
}

class ScriptedSynthesizeStream extends tts.SynthesizeStream {
  readonly label = 'scripted-tts-stream';
  readonly #voice: Voice;

  constructor(owner: tts.TTS, voice: Voice, connOptions?: APIConnectOptions) {
    super(owner, connOptions);
    this.#voice = voice;
  }

  protected async run(): Promise<void> {
    let text = '';
    for await (const piece of this.input) {
      if (typeof piece === 'string') {
        text += piece;
        continue;
      }
      if (text.trim() !== '') {
        this.markStarted();
        for await (const audio of spoken(text, this.#voice, this.abortSignal)) {
          if (this.queue.closed) return;
          this.queue.put(audio);
        }
      }
      text = '';
    }
    if (!this.queue.closed) this.queue.put(tts.SynthesizeStream.END_OF_STREAM);
  }
}

async function* spoken(text: string, voice: Voice, signal: AbortSignal): AsyncGenerator<tts.SynthesizedAudio> {
  if (voice.fails !== undefined) throw voice.fails;
  if (voice.delayMs > 0 && !(await sleep(voice.delayMs, signal))) return;
  const lengthMs = Math.max(SHORTEST_MS, text.trim().length * voice.msPerCharacter);
  const frames = toneFrames({ frequency: voice.frequency, lengthMs, sampleRate: voice.sampleRate });
  for (const [index, frame] of frames.entries()) {
    if (signal.aborted) return;
    yield { requestId: 'scripted', segmentId: 'scripted', frame, final: index === frames.length - 1 };
  }
}

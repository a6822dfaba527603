import { type APIConnectOptions, tts } from '@livekit/agents';
import { sleep } from './sleep.js';
import { toneFrames } from './tone-frames.js';

export interface ScriptedTTSOptions {
  /** The frequency in Hz that is this voice. */
  frequency: number;
  /** Length of the tone per character of text. Default 20 ms. */
  msPerCharacter?: number;
  /** Wait before the first audio of each utterance. Default 0. */
  delayMs?: number;
  /** 24 000 (default) or 48 000 Hz, mono. */
  sampleRate?: number;
  /** Fails every utterance with this error. Default: none. */
  fails?: Error;
}

type Voice = Required<Omit<ScriptedTTSOptions, 'fails'>> & Pick<ScriptedTTSOptions, 'fails'>;

/** Shortest utterance, so that a hearer's measuring windows can see it. */
const SHORTEST_MS = 200;

/** A voice for tests: it speaks every text as a tone whose length tells how long the text was. */
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

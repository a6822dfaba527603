import { asLanguageCode, stt, type APIConnectOptions } from '@livekit/agents';
import { ToneWordEar, type ToneWords } from './tone-word-ear.js';

export interface ScriptedSTTOptions {
  /** What can be heard: transcript → frequency in Hz of the tone that says it. */
  words: ToneWords;
  /** Name in logs and metrics. Default `scripted-stt`. */
  label?: string;
}

/**
 * A recognizer for tests: a tone in the room is a word.
 *
 * Runs in a real `AgentSession`, streaming, without network and without VAD: give the session
 * `turnDetection: 'stt'`. A word is reported as started after 120 ms of its tone and, 100 ms after
 * the tone ended, as its final transcript followed by the end of speech.
 */
export class ScriptedSTT extends stt.STT {
  readonly label: string;
  readonly #words: ToneWords;

  constructor(options: ScriptedSTTOptions) {
    super({ streaming: true, interimResults: false });
    this.label = options.label ?? 'scripted-stt';
    this.#words = options.words;
  }

  stream(options?: { connOptions?: APIConnectOptions }): stt.SpeechStream {
    return new ScriptedSpeechStream(this, this.#words, options?.connOptions);
  }

  protected _recognize(): Promise<stt.SpeechEvent> {
    return Promise.reject(new Error('ScriptedSTT only streams'));
  }
}

class ScriptedSpeechStream extends stt.SpeechStream {
  readonly label = 'scripted-stt-stream';
  readonly #ear: ToneWordEar;

  constructor(owner: stt.STT, words: ToneWords, connOptions?: APIConnectOptions) {
    super(owner, undefined, connOptions);
    this.#ear = new ToneWordEar(words);
  }

  protected async run(): Promise<void> {
    for await (const frame of this.input) {
      if (typeof frame === 'symbol') continue;
      for (const event of this.#ear.hear(firstChannel(frame.data, frame.channels), frame.sampleRate)) {
        if (this.queue.closed) return;
        if (event.type === 'started') {
          this.queue.put({ type: stt.SpeechEventType.START_OF_SPEECH });
        } else {
          this.queue.put({ type: stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives: [speech(event.word)] });
          this.queue.put({ type: stt.SpeechEventType.END_OF_SPEECH });
        }
      }
    }
  }
}

function firstChannel(data: Int16Array, channels: number): Int16Array {
  return channels === 1 ? data : data.filter((_, index) => index % channels === 0);
}

function speech(text: string): stt.SpeechData {
  return { text, language: asLanguageCode('en'), startTime: 0, endTime: 0, confidence: 1 };
}

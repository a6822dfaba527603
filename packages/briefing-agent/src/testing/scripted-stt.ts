import { type APIConnectOptions, asLanguageCode, stt } from '@livekit/agents';
import { sleep } from './sleep.js';
import { SpeechActivityEar, type SpeechEar, type SpeechScript } from './speech-ear.js';
import { ToneWordEar, type ToneWords } from './tone-word-ear.js';

/** What a scripted recognizer hears, and how late it says so. */
export type ScriptedSTTOptions = (
  | {
      /** What can be heard: transcript → frequency in Hz of the tone that says it. */
      words: ToneWords;
      speech?: never;
    }
  | {
      words?: never;
      /** Speech, a voice or a recording, whose words are written down. */
      speech: SpeechScript;
    }
) & {
  /** Name in logs and metrics. Default `scripted-stt`. */
  label?: string;
  /**
   * From the end of the speech to its final transcript, ms; real recognizers take 100 to 1000. Default when the end is heard:
   * 100 ms after a tone, `endSilenceMs` after speech, and never sooner. A later one follows the end of speech.
   */
  finalDelayMs?: number;
  /** Every stream fails with this error: when it begins, or when the promise resolves. Default it does not. */
  fails?: Error | Promise<Error>;
  /** Reports what was said so far every 200 ms while speech goes on, a word more each time. Default false. */
  interimResults?: boolean;
};

/** An utterance as a recognizer heard it; its times are milliseconds since the epoch. */
export interface HeardUtterance {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Between two interim transcripts of an utterance, in its own time. */
const INTERIM_EVERY_MS = 200;

/**
 * A recognizer for tests: a tone in the room is a word, or speech is the next text of a script.
 *
 * Runs in a real `AgentSession`, streaming, without network. Without VAD give the session `turnDetection: 'stt'`. A tone word
 * is reported as started after 120 ms and, 100 ms after the tone ended, as its final transcript followed by the end of speech.
 * With a `finalDelayMs` beyond that the end of speech comes first, and finals come in the order of the utterances, also while
 * the next one is spoken.
 *
 * @throws RangeError for a `finalDelayMs` below 0.
 */
export class ScriptedSTT extends stt.STT {
  readonly label: string;
  /** Utterances that have ended, oldest first, also those that were not understood. */
  readonly heard: HeardUtterance[] = [];
  readonly #options: ScriptedSTTOptions;
  #utterances = 0;

  constructor(options: ScriptedSTTOptions) {
    const { finalDelayMs = 0, interimResults = false, label = 'scripted-stt' } = options;
    if (!(finalDelayMs >= 0 && Number.isFinite(finalDelayMs))) {
      throw new RangeError(`finalDelayMs must be 0 or more, not ${finalDelayMs}`);
    }
    super({ streaming: true, interimResults });
    this.label = label;
    this.#options = options;
  }

  stream(options?: { connOptions?: APIConnectOptions }): stt.SpeechStream {
    const { words, speech: script } = this.#options;
    // A session that begins another stream goes on in the script.
    const nextText = (): string | undefined => script?.texts[(this.#utterances += 1) - 1];
    const ear = words ? new ToneWordEar(words) : new SpeechActivityEar(script, nextText);
    return new ScriptedSpeechStream(this, ear, this.#options, options?.connOptions);
  }

  protected _recognize(): Promise<stt.SpeechEvent> {
    return Promise.reject(new Error('ScriptedSTT only streams'));
  }
}

class ScriptedSpeechStream extends stt.SpeechStream {
  readonly label = 'scripted-stt-stream';
  readonly #ear: SpeechEar;
  readonly #heard: HeardUtterance[];
  readonly #lateMs: number;
  readonly #interimResults: boolean;
  readonly #fails: Error | Promise<Error> | undefined;
  #late: Promise<void> = Promise.resolve();
  #spokenMs = 0;
  #from = 0;
  #interims = 0;

  constructor(
    owner: ScriptedSTT,
    ear: SpeechEar,
    { finalDelayMs = 0, interimResults = false, fails }: ScriptedSTTOptions,
    connOptions?: APIConnectOptions,
  ) {
    super(owner, undefined, connOptions);
    this.#ear = ear;
    this.#heard = owner.heard;
    this.#lateMs = Math.max(0, finalDelayMs - ear.endSilenceMs);
    this.#interimResults = interimResults;
    this.#fails = fails;
  }

  protected async run(): Promise<void> {
    if (this.#fails === undefined) return this.#listen();
    const failure = Promise.resolve(this.#fails).then((error) => Promise.reject(error));
    await Promise.race([this.#listen(), failure]);
  }

  async #listen(): Promise<void> {
    for await (const frame of this.input) {
      if (typeof frame === 'symbol') continue;
      for (const event of this.#ear.hear(firstChannel(frame.data, frame.channels), frame.sampleRate)) {
        if (event.type === 'started') {
          [this.#spokenMs, this.#interims, this.#from] = [0, 0, Date.now()];
          this.#put({ type: stt.SpeechEventType.START_OF_SPEECH });
        } else {
          this.#end(event.word);
        }
      }
      if (this.#interimResults) this.#continue((frame.samplesPerChannel / frame.sampleRate) * 1000);
    }
    await this.#late;
  }

  #continue(forMs: number): void {
    const text = this.#ear.current;
    if (text === undefined || text === '') return;
    this.#spokenMs += forMs;
    if (this.#spokenMs < INTERIM_EVERY_MS * (this.#interims + 1)) return;
    this.#interims += 1;
    const soFar = text.split(' ').slice(0, this.#interims).join(' ');
    this.#put({ type: stt.SpeechEventType.INTERIM_TRANSCRIPT, alternatives: [speech(soFar)] });
  }

  #end(text: string): void {
    this.#heard.push({ text, from: this.#from, to: Date.now() - this.#ear.endSilenceMs });
    const final = { type: stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives: [speech(text)] as [stt.SpeechData] };
    if (text !== '' && this.#lateMs === 0) this.#put(final);
    this.#put({ type: stt.SpeechEventType.END_OF_SPEECH });
    if (text === '' || this.#lateMs === 0) return;
    this.#late = this.#giveLate(final, this.#late, sleep(this.#lateMs, this.abortSignal));
  }

  async #giveLate(final: stt.SpeechEvent, earlier: Promise<void>, passed: Promise<boolean>): Promise<void> {
    await earlier;
    if (await passed) this.#put(final);
  }

  #put(event: stt.SpeechEvent): void {
    if (!this.queue.closed) this.queue.put(event);
  }
}

function firstChannel(data: Int16Array, channels: number): Int16Array {
  return channels === 1 ? data : data.filter((_, index) => index % channels === 0);
}

function speech(text: string): stt.SpeechData {
  return { text, language: asLanguageCode('en'), startTime: 0, endTime: 0, confidence: 1 };
}

import { type APIConnectOptions, asLanguageCode, stt } from '@livekit/agents';
import { sleep } from './sleep.js';
import type { SpeechEar } from './speech-ear.js';

/** An utterance as a recognizer heard it; times in milliseconds since the epoch. */
export interface HeardUtterance {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export interface ScriptedStreamOptions {
  /** Receives the utterances that have ended. */
  readonly heard: HeardUtterance[];
  readonly finalDelayMs?: number;
  readonly interimResults?: boolean;
  readonly fails?: Error | Promise<Error>;
}

/** The time between two interim transcripts of an utterance, in milliseconds of its audio. */
const INTERIM_EVERY_MS = 200;

/** One stream of a scripted recognizer. */
export class ScriptedSpeechStream extends stt.SpeechStream {
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
    owner: stt.STT,
    ear: SpeechEar,
    { heard, finalDelayMs = 0, interimResults = false, fails }: ScriptedStreamOptions,
    connOptions?: APIConnectOptions,
  ) {
    super(owner, undefined, connOptions);
    this.#ear = ear;
    this.#heard = heard;
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

import { type APIConnectOptions, stt } from '@livekit/agents';
import { type HeardUtterance, ScriptedSpeechStream } from './scripted-speech-stream.js';
import { SpeechActivityEar, type SpeechScript } from './speech-ear.js';
import { ToneWordEar, type ToneWords } from './tone-word-ear.js';

/** Options of a {@link ScriptedSTT}. */
export type ScriptedSTTOptions = (
  | {
      /** The vocabulary: transcript → frequency in Hz of its tone. */
      words: ToneWords;
      speech?: never;
    }
  | {
      words?: never;
      /** Speech, a voice or a recording, with scripted words. */
      speech: SpeechScript;
    }
) & {
  /** The name in logs and metrics. Default `scripted-stt`. */
  label?: string;
  /**
   * Time from the end of the speech to its final transcript, in milliseconds; real recognizers take 100 to 1000. Default the
   * time at which the end is heard: 100 ms after a tone, `endSilenceMs` after speech, and never sooner. A later transcript
   * follows the end of speech.
   */
  finalDelayMs?: number;
  /** Fails every stream with this error: when it begins, or when the promise resolves. Default none. */
  fails?: Error | Promise<Error>;
  /** Whether to report an interim transcript every 200 ms of speech, a word more each time. Default false. */
  interimResults?: boolean;
};

/**
 * A recognizer for tests: a tone in the room is a word, or speech is the next string of a script.
 *
 * Runs in a real `AgentSession`, streaming, without network. Without VAD, set `turnDetection: 'stt'` in the session. A tone word
 * is reported as started after 120 ms and, 100 ms after the tone ended, as its final transcript followed by the end of speech.
 * With a `finalDelayMs` beyond that the end of speech comes first, and final transcripts come in the order of the utterances, also while
 * the next one is spoken.
 *
 * @throws RangeError for a `finalDelayMs` below 0
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
    // A session that begins another stream continues with the script.
    const nextText = (): string | undefined => script?.texts[(this.#utterances += 1) - 1];
    const ear = words ? new ToneWordEar(words) : new SpeechActivityEar(script, nextText);
    return new ScriptedSpeechStream(this, ear, { ...this.#options, heard: this.heard }, options?.connOptions);
  }

  protected _recognize(): Promise<stt.SpeechEvent> {
    return Promise.reject(new Error('ScriptedSTT only streams'));
  }
}

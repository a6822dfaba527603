import type { voice } from '@livekit/agents';
import type { CheckedOptions } from './briefing-options.js';
import type { Sentence } from './sentences.js';
import { SpeechAhead } from './speech-ahead.js';

/** What the agent says first. A text is made while the phone still rings, so that a slow voice keeps nobody waiting. */
export class FirstWords {
  readonly #options: CheckedOptions;
  readonly #sentences: readonly Sentence[];
  #ahead: SpeechAhead | undefined;

  constructor(options: CheckedOptions) {
    this.#options = options;
    this.#sentences = options.models.llm === null ? toReadOut(options) : [options.greeting ?? []].flat();
  }

  /** The session has started, with this agent. */
  prepare(session: voice.AgentSession, agent: voice.Agent, signal: AbortSignal): void {
    const [first] = this.#sentences;
    if (typeof first === 'string' && session.tts !== undefined)
      this.#ahead = new SpeechAhead(session, agent, first, signal);
  }

  /** Starts the speech; tells whether it is to be heard now. */
  say(session: voice.AgentSession, heardEarly: boolean): boolean {
    const { greeting, models } = this.#options;
    if (models.llm !== null && greeting === null) {
      // Said explicitly, as inside a tool of another session the framework would forbid the tools.
      if (heardEarly) session.generateReply({ toolChoice: 'auto' });
      return heardEarly;
    }
    for (const sentence of this.#sentences) this.#say(session, sentence);
    return true;
  }

  #say(session: voice.AgentSession, sentence: Sentence): void {
    if (typeof sentence === 'function') return void sentence(session);
    if (session.tts === undefined) {
      session.generateReply({ instructions: `Greet the person. Say: ${sentence}`, toolChoice: 'none' });
      return;
    }
    const audio = this.#ahead?.take();
    this.#ahead = undefined;
    session.say(sentence, {
      ...(audio === undefined ? {} : { audio }),
      ...(this.#options.models.llm === null ? { allowInterruptions: false } : {}),
    });
  }
}

/** Without a model: the greeting, the message, and the keys unless one of the two has them. */
function toReadOut({ greeting, message, sentences }: CheckedOptions): Sentence[] {
  const read = message === undefined ? sentences.get('fallback') : sentences.fill(message);
  const hint = message !== undefined && !message.includes('{keys}') ? sentences.get('keys') : null;
  return joined([greeting, read, hint]);
}

/** Texts next to each other are read as one, so that there is no gap. */
function joined(sentences: readonly (Sentence | null)[]): Sentence[] {
  const all: Sentence[] = [];
  for (const sentence of sentences) {
    const before = all.at(-1);
    if (sentence === null) continue;
    if (typeof sentence === 'string' && typeof before === 'string') all.splice(-1, 1, `${before} ${sentence}`);
    else all.push(sentence);
  }
  return all;
}

import type { voice } from '@livekit/agents';
import type { CheckedOptions } from '../options/parse-briefing-options.js';
import type { Sentence } from '../options/sentences.js';
import { SpeechAhead } from './presynthesized-speech.js';

/**
 * How much is said before the headline for it to be begun on a presumption, in characters: a fast voice needs 1.2 s for them, in
 * which it can be taken back.
 */
const SHORTEST_INTRODUCTION = 25;

/** What the agent says first. A text is made while the phone still rings, so that a slow voice keeps nobody waiting. */
export class FirstWords {
  /** It tells who is calling. */
  readonly hasHeadline: boolean;
  readonly #options: CheckedOptions;
  #sentences: readonly Sentence[];
  #isSaid = false;
  #ahead: SpeechAhead | undefined;
  #presumed: voice.SpeechHandle | undefined;

  constructor(options: CheckedOptions) {
    const { models, greeting } = options;
    this.#options = options;
    this.hasHeadline = models.llm !== null && typeof greeting === 'string' && greeting.includes('{headline}');
    this.#sentences = models.llm === null ? toReadOut(options) : this.#withHeadline(undefined);
  }

  /**
   * The session has started, with this agent. The headline is put in when it is written: before that, and without one,
   * the fixed sentence stands there.
   */
  async prepare(
    session: voice.AgentSession,
    agent: voice.Agent,
    { headline, signal }: { headline: Promise<string | undefined> | undefined; signal: AbortSignal },
  ): Promise<void> {
    if (headline !== undefined) this.#sentences = this.#withHeadline(await headline);
    const [first] = this.#sentences;
    if (this.#isSaid || signal.aborted || typeof first !== 'string' || session.tts === undefined) return;
    this.#ahead = new SpeechAhead(session, agent, first, signal);
  }

  /** Enough is said before the headline for it to be taken back in time. */
  get canBeTakenBack(): boolean {
    const { greeting } = this.#options;
    return this.hasHeadline && String(greeting).indexOf('{headline}') >= SHORTEST_INTRODUCTION;
  }

  /** Starts the speech so that nothing of the line cuts it off, until `keep()`. */
  presume(session: voice.AgentSession): void {
    this.#isSaid = true;
    const [sentence] = this.#sentences;
    if (typeof sentence !== 'string') return;
    const audio = this.#ahead?.take();
    this.#presumed = session.say(sentence, {
      ...(audio === undefined ? {} : { audio }),
      allowInterruptions: false,
    });
  }

  /** What `presume()` started can be interrupted from here on, if anything can. */
  keep(): void {
    this.#ahead?.drop();
    this.#ahead = undefined;
    if (this.#presumed !== undefined) this.#presumed.allowInterruptions = this.#options.allowInterruptions;
  }

  /** Starts the speech; tells whether it is to be heard now. */
  say(session: voice.AgentSession, heardEarly: boolean): boolean {
    const { greeting, models } = this.#options;
    if (models.llm !== null && greeting === null) {
      // Said explicitly, as inside a tool of another session the framework would forbid the tools.
      if (heardEarly) session.generateReply({ toolChoice: 'auto' });
      return heardEarly;
    }
    this.#isSaid = true;
    for (const sentence of this.#sentences) this.#say(session, sentence);
    return true;
  }

  #withHeadline(headline: string | undefined): Sentence[] {
    const { greeting, sentences } = this.#options;
    if (greeting === null) return [];
    return [typeof greeting === 'string' ? sentences.withHeadline(greeting, headline) : greeting];
  }

  #say(session: voice.AgentSession, sentence: Sentence): void {
    if (typeof sentence === 'function') return void sentence(session);
    if (session.tts === undefined) {
      session.generateReply({ instructions: `Greet the person. Say: ${sentence}`, toolChoice: 'none' });
      return;
    }
    const audio = this.#ahead?.take();
    this.#ahead?.drop();
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
  return joined([greeting, read, hint], (text) => sentences.withHeadline(text, undefined));
}

/** Texts next to each other are read as one, so that there is no gap. */
function joined(sentences: readonly (Sentence | null)[], fill: (text: string) => string): Sentence[] {
  const all: Sentence[] = [];
  for (const sentence of sentences) {
    const before = all.at(-1);
    if (sentence === null) continue;
    if (typeof sentence !== 'string') all.push(sentence);
    else if (typeof before === 'string') all.splice(-1, 1, `${before} ${fill(sentence)}`);
    else all.push(fill(sentence));
  }
  return all;
}

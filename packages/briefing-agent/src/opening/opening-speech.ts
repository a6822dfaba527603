import type { voice } from '@livekit/agents';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import type { BriefingSentence } from '../options/sentences.js';
import { PresynthesizedSpeech } from './presynthesized-speech.js';

/**
 * The shortest text before the headline with which to start early, in characters: a fast voice needs 1.2 s for it, in which
 * the start can be retracted.
 */
const SHORTEST_INTRODUCTION = 25;

/** The first speech of the agent. A string is synthesized while the phone still rings, so that a slow voice causes no delay. */
export class OpeningSpeech {
  /** Whether it says who is calling. */
  readonly hasHeadline: boolean;
  readonly #options: ParsedOptions;
  #sentences: readonly BriefingSentence[];
  #isSaid = false;
  #ahead: PresynthesizedSpeech | undefined;
  #presumed: voice.SpeechHandle | undefined;

  constructor(options: ParsedOptions) {
    const { models, greeting } = options;
    this.#options = options;
    this.hasHeadline = models.llm !== null && typeof greeting === 'string' && greeting.includes('{headline}');
    this.#sentences = models.llm === null ? staticSpeech(options) : this.#withHeadline(undefined);
  }

  /**
   * Synthesizes the speech with a session that has started with the agent. The headline is inserted once it is written;
   * before that, and without one, the fixed sentence replaces it.
   */
  async prepare(
    session: voice.AgentSession,
    agent: voice.Agent,
    { headline, signal }: { headline: Promise<string | undefined> | undefined; signal: AbortSignal },
  ): Promise<void> {
    if (headline !== undefined) this.#sentences = this.#withHeadline(await headline);
    const [first] = this.#sentences;
    if (this.#isSaid || signal.aborted || typeof first !== 'string' || session.tts === undefined) return;
    this.#ahead = new PresynthesizedSpeech(session, agent, first, signal);
  }

  /** Whether the text before the headline is long enough to retract the speech in time. */
  get isRetractable(): boolean {
    const { greeting } = this.#options;
    return this.hasHeadline && String(greeting).indexOf('{headline}') >= SHORTEST_INTRODUCTION;
  }

  /** Starts the speech such that the line cannot interrupt it until `keep()`. */
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

  /** Allows interruptions of the speech that `presume()` started, if the options allow any. */
  keep(): void {
    this.#ahead?.drop();
    this.#ahead = undefined;
    if (this.#presumed !== undefined) this.#presumed.allowInterruptions = this.#options.allowInterruptions;
  }

  /** Starts the speech. Returns whether the agent is to be heard now. */
  say(session: voice.AgentSession, heardEarly: boolean): boolean {
    const { greeting, models } = this.#options;
    if (models.llm !== null && greeting === null) {
      // Explicit, since inside a tool of another session the framework would forbid the tools.
      if (heardEarly) session.generateReply({ toolChoice: 'auto' });
      return heardEarly;
    }
    this.#isSaid = true;
    for (const sentence of this.#sentences) this.#say(session, sentence);
    return true;
  }

  #withHeadline(headline: string | undefined): BriefingSentence[] {
    const { greeting, sentences } = this.#options;
    if (greeting === null) return [];
    return [typeof greeting === 'string' ? sentences.withHeadline(greeting, headline) : greeting];
  }

  #say(session: voice.AgentSession, sentence: BriefingSentence): void {
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

/** Returns the speech without a model: the greeting, the message, and the keys unless the message has them. */
function staticSpeech({ greeting, message, sentences }: ParsedOptions): BriefingSentence[] {
  const read = message === undefined ? sentences.get('fallback') : sentences.fill(message);
  const hint = message !== undefined && !message.includes('{keys}') ? sentences.get('keys') : null;
  return join([greeting, read, hint], (text) => sentences.withHeadline(text, undefined));
}

/** Joins adjacent strings, so that there is no gap between them. */
function join(sentences: readonly (BriefingSentence | null)[], fill: (text: string) => string): BriefingSentence[] {
  const all: BriefingSentence[] = [];
  for (const sentence of sentences) {
    const before = all.at(-1);
    if (sentence === null) continue;
    if (typeof sentence !== 'string') all.push(sentence);
    else if (typeof before === 'string') all.splice(-1, 1, `${before} ${fill(sentence)}`);
    else all.push(fill(sentence));
  }
  return all;
}

import type { voice } from '@livekit/agents';
import type { CheckedOptions } from './briefing-options.js';
import type { Sentence } from './sentences.js';

/** Starts what the agent says first; tells whether it is to be heard now. */
export function speakFirst(session: voice.AgentSession, options: CheckedOptions, heardEarly: boolean): boolean {
  const { greeting, models } = options;
  if (models.llm === null) return readOut(session, options);
  if (greeting === null) {
    // Said explicitly, as inside a tool of another session the framework would forbid the tools.
    if (heardEarly) session.generateReply({ toolChoice: 'auto' });
    return heardEarly;
  }
  if (typeof greeting === 'function') greeting(session);
  else if (session.tts !== undefined) session.say(greeting);
  else session.generateReply({ instructions: `Greet the person. Say: ${greeting}`, toolChoice: 'none' });
  return true;
}

/** Without a model: the greeting, the message, and the keys unless one of the two has them. */
function readOut(session: voice.AgentSession, options: CheckedOptions): boolean {
  const { greeting, message, sentences } = options;
  const read = message === undefined ? sentences.get('fallback') : sentences.fill(message);
  const hint = message !== undefined && !message.includes('{keys}') ? sentences.get('keys') : null;
  for (const sentence of joined([greeting, read, hint])) {
    if (typeof sentence === 'function') sentence(session);
    else session.say(sentence, { allowInterruptions: false });
  }
  return true;
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

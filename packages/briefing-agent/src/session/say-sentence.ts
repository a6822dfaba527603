import type { voice } from '@livekit/agents';
import type { BriefingSentence } from '../options/sentences.js';

/** Says a sentence without the model. Resolves when it has been played or the voice has failed. */
export async function saySentence(
  session: voice.AgentSession,
  sentence: BriefingSentence,
  allowInterruptions = false,
): Promise<void> {
  const handle = typeof sentence === 'function' ? sentence(session) : session.say(sentence, { allowInterruptions });
  await handle.waitForPlayout();
}

import type { voice } from '@livekit/agents';
import type { Sentence } from '../options/sentences.js';

/** Says a sentence without the model, and resolves when it has been heard or the voice failed. */
export async function sayWith(
  session: voice.AgentSession,
  sentence: Sentence,
  allowInterruptions = false,
): Promise<void> {
  const handle = typeof sentence === 'function' ? sentence(session) : session.say(sentence, { allowInterruptions });
  await handle.waitForPlayout();
}

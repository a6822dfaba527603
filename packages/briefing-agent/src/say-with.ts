import type { voice } from '@livekit/agents';

/** Says a text without the model, uninterruptible, and resolves when it has been heard or the voice failed. */
export async function sayWith(session: voice.AgentSession, text: string): Promise<void> {
  await session.say(text, { allowInterruptions: false }).waitForPlayout();
}

import { voice } from '@livekit/agents';
import { within } from '@org/support';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import type { ConsultSession } from '../session/consult-session.js';
import type { ConsultSessions } from '../session/consult-sessions.js';
import { createVoiceSession } from '../session/open-session.js';

/**
 * Replaces a session whose model failed by one that can only speak, and says the sentence `fallback` in it.
 *
 * Resolves to false when it was not said, and to undefined when the briefing was decided before it could be said.
 */
export async function sayFallback(
  old: ConsultSession,
  sessions: ConsultSessions,
  options: ParsedOptions,
  { signal, isDecided }: { readonly signal: AbortSignal; readonly isDecided: () => boolean },
): Promise<boolean | undefined> {
  const { limits, sentences } = options;
  old.mute();
  // A room has one session at a time.
  await old.close(limits.closeMs);
  if (isDecided()) return undefined;
  const session = sessions.add(createVoiceSession(options), new voice.Agent({ instructions: '' }));
  const sentence = sentences.get('fallback');
  const starting = session.start().then(() => true);
  const isStarted = await within(limits.startMs, starting, () => false, { signal }).catch(() => false);
  if (!isStarted) return false;
  return sentence === null || session.say(sentence, { timeoutMs: limits.sayMs, signal });
}

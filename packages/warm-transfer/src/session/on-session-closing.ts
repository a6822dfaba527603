import type { voice } from '@livekit/agents';

/**
 * Calls `listener` once a session closes, and immediately for one that is closed: before the session waits for its tools,
 * which may wait for the transfer. Returns the way to stop watching.
 */
export function onSessionClosing({ _closingSignal: closing }: voice.AgentSession, listener: () => void): () => void {
  closing.addEventListener('abort', listener, { once: true });
  if (closing.aborted) listener();
  return () => closing.removeEventListener('abort', listener);
}

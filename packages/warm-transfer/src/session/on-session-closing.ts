import type { voice } from '@livekit/agents';

/**
 * Calls `listener` when a session begins to close, immediately if it already did: before the session waits for its
 * tools, which may wait for the transfer. Returns a function that unsubscribes.
 */
export function onSessionClosing({ _closingSignal: closing }: voice.AgentSession, listener: () => void): () => void {
  closing.addEventListener('abort', listener, { once: true });
  if (closing.aborted) listener();
  return () => closing.removeEventListener('abort', listener);
}

import type { voice } from '@livekit/agents';

/** Requests by which a client talks to the model of a session, or switches its input and output on. */
const closed: readonly unknown[] = ['runInput', 'updateIo'];

/**
 * Rejects requests of clients to a session by the protocol of the framework (topic `lk.agent.session`) while the caller
 * is on hold, or talks to a human agent. Returns a function that allows them again.
 */
export function closeSessionProtocol(session: voice.AgentSession): () => void {
  const host: unknown = session['sessionHost'];
  if (typeof host !== 'object' || host === null) return () => undefined;
  const handle: unknown = Reflect.get(host, 'handleRequest');
  const respond: unknown = Reflect.get(host, 'sendResponse');
  if (typeof handle !== 'function' || typeof respond !== 'function') return () => undefined;
  const guarded = async (request: SessionRequest): Promise<void> => {
    const isClosed = closed.includes(request.request.case);
    if (isClosed) await Reflect.apply(respond, host, [request.requestId, { case: undefined }, REFUSAL]);
    else await Reflect.apply(handle, host, [request]);
  };
  Reflect.set(host, 'handleRequest', guarded);
  // The method of the class is visible again.
  return () => void Reflect.deleteProperty(host, 'handleRequest');
}

/** A request of LiveKit's protocol. */
interface SessionRequest {
  readonly requestId: string;
  readonly request: { readonly case?: string | undefined };
}

const REFUSAL = 'the caller is in a transfer';

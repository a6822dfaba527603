import type { voice } from '@livekit/agents';

/** By these a client speaks to the model of a session, or switches what it hears and says on again. */
const closed: readonly unknown[] = ['runInput', 'updateIo'];

/**
 * Refuses what a client could do to a session by the protocol of the framework (topic `lk.agent.session`) while the
 * caller is on hold, or talks to a human agent. Returns the way to open it again.
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
  // Below it is the method of the class.
  return () => void Reflect.deleteProperty(host, 'handleRequest');
}

/** A request as LiveKit's protocol has it. */
interface SessionRequest {
  readonly requestId: string;
  readonly request: { readonly case?: string | undefined };
}

const REFUSAL = 'the caller is in a transfer';

import { AgentDispatchClient } from 'livekit-server-sdk';
import type { CallSteps } from '../script/call-steps.js';
import { placeInboundCall, placeUnroutedCall, refuseInboundCall, type InboundRoute } from './inbound-call.js';
import { sipId } from '../sip/sip-ids.js';
import type { SipGateway } from './sip-gateway.js';
import type { LiveKitServer } from '../server/livekit-server.js';
import { routeCall, type CallRoute } from '../sip/route-call.js';
import type { SipDirectory } from '../sip/sip-directory.js';
import type { CheckedLabOptions } from '../options/lab-options.js';
import type { InboundCallRequest } from '../phone/inbound-call-request.js';
import { unroutedCallsOf, type UnroutedCalls } from '../options/unrouted-calls.js';

/** The ends of calls that join no room. */
const refusals = {
  'no-route': { how: 'rejected', sipStatus: 404 },
  'no-password': { how: 'rejected', sipStatus: 407 },
  'wrong-password': { how: 'rejected', sipStatus: 401 },
  // The gateway has answered, asked, and hangs up.
  'wrong-pin': { how: 'wrong-pin' },
} as const;

/** Handles the calls of phones that call in, and finds their rooms. */
export class InboundCalls {
  /** Rooms that the callers opened. */
  readonly rooms: Set<string> = new Set();
  readonly #gateway: SipGateway;
  readonly #directory: SipDirectory;
  readonly #dispatches: AgentDispatchClient;
  readonly #options: CheckedLabOptions;
  readonly #unroutedCalls: UnroutedCalls;
  /** Rule of the calls that name their room themselves. */
  readonly #ownRuleId: string = sipId('SDR');

  constructor(
    gateway: SipGateway,
    directory: SipDirectory,
    { url, apiKey, apiSecret, version }: LiveKitServer,
    options: CheckedLabOptions,
  ) {
    this.#gateway = gateway;
    this.#directory = directory;
    this.#dispatches = new AgentDispatchClient(url, apiKey, apiSecret, { failover: false });
    this.#options = options;
    this.#unroutedCalls = options.unroutedCalls ?? unroutedCallsOf(version);
  }

  /** Resolves when the call rings, in its room or in none if nothing routes it, or was rejected. */
  async call(request: InboundCallRequest): Promise<CallSteps> {
    const { trunkId, trunkNumber, vocabulary } = this.#options;
    const own: InboundRoute = { trunkId, trunkNumber, vocabulary, ruleId: this.#ownRuleId };
    if (request.roomName !== undefined) return this.#place(own, request, request.roomName, []);
    const routing = routeCall(this.#directory, { ...request, to: request.to ?? trunkNumber });
    if ('refused' in routing) {
      if (routing.refused === 'no-route' && this.#unroutedCalls === 'ring')
        return placeUnroutedCall(this.#gateway, own, request);
      return refuseInboundCall(this.#gateway, own, request, refusals[routing.refused]);
    }
    const { route } = routing;
    return this.#place({ ...route, trunkNumber, vocabulary }, requestOf(request, route), route.roomName, route.agents);
  }

  async #place(
    route: InboundRoute,
    request: InboundCallRequest,
    roomName: string,
    agents: CallRoute['agents'],
  ): Promise<CallSteps> {
    this.rooms.add(roomName);
    const { agentName, metadata = '' } = request;
    for (const agent of agentName === undefined ? agents : [...agents, { agentName, metadata }]) {
      const options = agent.metadata === '' ? {} : { metadata: agent.metadata };
      await this.#dispatches.createDispatch(roomName, agent.agentName, options);
    }
    return placeInboundCall(this.#gateway, route, { ...request, roomName });
  }
}

/** The rule's options of the participant, unless the request has its own. */
function requestOf(request: InboundCallRequest, route: CallRoute): InboundCallRequest {
  return {
    identity: route.identity,
    name: route.name,
    ...(route.metadata !== '' && { participantMetadata: route.metadata }),
    ...request,
    attributes: { ...route.attributes, ...request.attributes },
  };
}

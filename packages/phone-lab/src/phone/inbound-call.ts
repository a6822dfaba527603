import type { InboundCallRequest } from '../lab/phone-lab.js';
import type { Vocabulary } from '../tones/tone-words.js';
import { CallSteps } from './call-steps.js';
import type { CallEnd, PhoneCall } from './phone-call.js';
import { dialogAttributes, sipId } from './sip-ids.js';
import type { SimulatedCall } from './simulated-call.js';
import type { SipGateway } from './sip-gateway.js';

/** How long a caller listens to the ringing. */
const defaultRingLimitMs = 30_000;

/** What the lab knows and the caller need not say. */
export interface InboundRoute {
  readonly trunkId: string;
  readonly trunkNumber: string;
  readonly ruleId: string;
  readonly vocabulary: Vocabulary;
  readonly hidePhoneNumber?: boolean;
}

/** A request whose room is known. */
type RoutedRequest = InboundCallRequest & { readonly roomName: string };

/**
 * A phone calls into a room: it joins and rings until it hears somebody's track, then the call is active.
 *
 * Resolves when the call rings in the room.
 */
export async function placeInboundCall(
  gateway: SipGateway,
  route: InboundRoute,
  request: RoutedRequest,
): Promise<PhoneCall> {
  const call = openCall(gateway, route, request);
  const steps = new CallSteps(call, gateway.network, async () => undefined);
  await gateway.join(call, 'ringing');
  call.setup.line.listen();
  void activateWhenHeard(call);
  void call.after(request.ringLimitMs ?? defaultRingLimitMs, async () => {
    if (call.current === 'ringing') await call.end({ how: 'no-answer', reason: 1 });
  });
  call.run(() => request.script?.(steps));
  return steps;
}

/** The network refuses the call; nobody joins. Its script runs, and finds the call over. */
export async function refuseInboundCall(
  gateway: SipGateway,
  route: InboundRoute,
  request: InboundCallRequest,
  refusal: Pick<CallEnd, 'how' | 'sipStatus'>,
): Promise<PhoneCall> {
  const call = openCall(gateway, route, { ...request, roomName: '' });
  const steps = new CallSteps(call, gateway.network, async () => undefined);
  await call.end({ ...refusal, reason: 0 });
  call.run(() => request.script?.(steps));
  return steps;
}

function openCall(gateway: SipGateway, route: InboundRoute, request: RoutedRequest): SimulatedCall {
  return gateway.open({
    direction: 'inbound',
    number: request.from,
    voice: request.voice,
    ownProcess: request.ownProcess ?? false,
    vocabulary: request.vocabulary ?? route.vocabulary,
    seat: {
      roomName: request.roomName,
      identity: request.identity ?? `sip_${request.from}`,
      name: request.name ?? `Phone ${request.from}`,
      ...(request.participantMetadata !== undefined && { metadata: request.participantMetadata }),
      attributes: {
        ...request.attributes,
        ...dialogAttributes(),
        'sip.callID': sipId('SCL'),
        ...(route.hidePhoneNumber !== true && {
          'sip.phoneNumber': request.from,
          'sip.hostname': 'sip.phone-lab.test',
          'sip.trunkPhoneNumber': request.to ?? route.trunkNumber,
        }),
        'sip.trunkID': route.trunkId,
        'sip.ruleID': route.ruleId,
      },
    },
  });
}

/** Never rejects: a call that ends first is not activated. */
async function activateWhenHeard(call: SimulatedCall): Promise<void> {
  try {
    await call.untilEndedOr(call.firstTrack);
    await call.setStatus('active');
  } catch {
    await call.end({ how: 'disconnected', reason: 0 });
  }
}

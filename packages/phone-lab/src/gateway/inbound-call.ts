import type { InboundCallRequest } from '../phone/inbound-call-request.js';
import { attributesOf, type HeaderMapping, type Headers } from '../sip/header-attributes.js';
import type { Vocabulary } from '../tones/tone-words.js';
import { CallSteps } from '../script/call-steps.js';
import type { PhoneCallEnd } from '../phone/phone-call.js';
import { dialogAttributes, sipId } from '../sip/sip-ids.js';
import type { SimulatedCall } from '../call/simulated-call.js';
import type { SipGateway } from './sip-gateway.js';

/** LiveKit's reason of a participant that leaves by itself. */
const CLIENT_INITIATED = 1;

/** The delay between the gateway's answer and the first sound of the phone, which makes the call active. */
const firstSoundMs = 25;

/** The route of a call, from the lab's records. */
export interface InboundRoute {
  readonly trunkId: string;
  readonly trunkNumber: string;
  readonly ruleId: string;
  readonly vocabulary: Vocabulary;
  readonly hidePhoneNumber?: boolean;
  /** How long the trunk lets it ring, if it says. */
  readonly ringLimitMs?: number | undefined;
  readonly mapping?: HeaderMapping;
  readonly attributesToHeaders?: Headers;
}

/** A request whose room is known. */
type RoutedRequest = InboundCallRequest & { readonly roomName: string };

/**
 * A phone calls into a room: it joins and rings until it hears a track; then it is answered, and active a moment
 * later.
 *
 * Resolves when the call rings in the room.
 */
export async function placeInboundCall(
  gateway: SipGateway,
  route: InboundRoute,
  request: RoutedRequest,
): Promise<CallSteps> {
  const call = openCall(gateway, route, request);
  const steps = new CallSteps(call, gateway.network, async () => undefined);
  await gateway.join(call, 'ringing');
  call.setup.line.listen();
  void activateWhenHeard(gateway, call);
  void call.after(route.ringLimitMs ?? gateway.network.timing.inboundRingMs, async () => {
    if (call.current === 'ringing') await call.end({ how: 'no-answer', reason: CLIENT_INITIATED });
  });
  giveUpAfter(call, request.ringLimitMs);
  call.run(() => request.script?.(steps));
  return steps;
}

/** Places a call that is not routed: the caller hears ringing without an answer. */
export function placeUnroutedCall(gateway: SipGateway, route: InboundRoute, request: InboundCallRequest): CallSteps {
  const call = openCall(gateway, route, { ...request, roomName: '' });
  const steps = new CallSteps(call, gateway.network, async () => undefined);
  giveUpAfter(call, request.ringLimitMs);
  call.run(() => request.script?.(steps));
  return steps;
}

/** The caller's own patience ends; the gateway shows that as a hang-up. */
function giveUpAfter(call: SimulatedCall, ringLimitMs: number | undefined): void {
  if (ringLimitMs === undefined) return;
  void call.after(ringLimitMs, async () => {
    if (call.current !== 'active') await call.end({ how: 'no-answer', reason: CLIENT_INITIATED }, true);
  });
}

/** Rejects a call by the network, without a participant. Its script runs, and finds the call ended. */
export async function refuseInboundCall(
  gateway: SipGateway,
  route: InboundRoute,
  request: InboundCallRequest,
  refusal: Pick<PhoneCallEnd, 'how' | 'sipStatus'>,
): Promise<CallSteps> {
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
    callerId: request.from,
    voice: request.voice,
    ownProcess: request.ownProcess ?? false,
    speech: request.speech,
    lineOptions: request.line ?? {},
    vocabulary: request.vocabulary ?? route.vocabulary,
    headers: request.headers ?? {},
    attributesToHeaders: route.attributesToHeaders ?? {},
    seat: {
      roomName: request.roomName,
      identity: request.identity ?? `sip_${request.from}`,
      name: request.name ?? `Phone ${request.from}`,
      ...(request.participantMetadata !== undefined && { metadata: request.participantMetadata }),
      attributes: {
        ...request.attributes,
        ...(route.mapping && attributesOf(request.headers ?? {}, route.mapping)),
        ...dialogAttributes('inbound'),
        'sip.callID': sipId('SCL'),
        ...(route.hidePhoneNumber !== true && {
          'sip.phoneNumber': request.from,
          'sip.hostname': 'sip.phone-lab.test',
          'sip.trunkPhoneNumber': request.to ?? route.trunkNumber,
        }),
        ...(route.trunkId !== '' && { 'sip.trunkID': route.trunkId }),
        'sip.ruleID': route.ruleId,
      },
    },
  });
}

/** Never rejects: a call that ends first is not activated. */
async function activateWhenHeard(gateway: SipGateway, call: SimulatedCall): Promise<void> {
  try {
    await call.untilEndedOr(call.firstTrack);
    call.markAnswered();
    void gateway.watchMedia(call);
    await call.pause(firstSoundMs);
    await call.setStatus('active');
  } catch {
    await call.end({ how: 'disconnected', reason: 0 });
  }
}

import type { llm } from '@livekit/agents';
import type { BriefingInstructions } from '@org/briefing-agent';
import type { SipConnection } from '@org/sip-dialer';
import { problem } from '@org/support';
import { throwIfInvalid } from '../options/checks/validate.js';
import type { InstructionParts, TaskSipConnection } from './task-options.js';

/** Returns the instructions of a task as those of a briefing. */
export function toInstructions(
  given: InstructionParts | string | undefined,
  more: string | undefined,
): BriefingInstructions | string | undefined {
  if (given === undefined && more === undefined) return undefined;
  if (typeof given === 'string' && more === undefined) return given;
  const { persona, extra } = typeof given === 'string' ? { persona: given } : { ...given };
  const extras = [toText(extra), more].filter((text) => text !== undefined);
  return {
    ...(persona === undefined ? {} : { persona: toText(persona) ?? '' }),
    ...(extras.length === 0 ? {} : { extra: extras.join('\n\n') }),
  };
}

function toText(text: llm.Instructions | string | undefined): string | undefined {
  return typeof text === 'object' ? text.value : text;
}

/** In the order of LiveKit's `SIPTransport`. */
const transports: readonly SipConnection['transport'][] = ['auto', 'udp', 'tcp', 'tls'];

/** Converts a connection to a plain object; a protobuf message has `''` and `{}` for absent fields. */
export function plainConnection(given: TaskSipConnection): SipConnection {
  const { hostname, destinationCountry, authUsername, authPassword, fromHost } = given;
  const { transport: named, headersToAttributes, attributesToHeaders } = given;
  const transport = typeof named === 'number' ? transports[named] : named;
  if (typeof named === 'number' && transport === undefined) {
    throwIfInvalid([problem('sipConnection.transport', 'must be auto, udp, tcp or tls')]);
  }
  return {
    ...(transport === undefined ? {} : { transport }),
    ...(hostname ? { hostname } : {}),
    ...(destinationCountry ? { destinationCountry } : {}),
    ...(authUsername ? { authUsername } : {}),
    ...(authPassword ? { authPassword } : {}),
    ...(fromHost ? { fromHost } : {}),
    ...(headersToAttributes === undefined ? {} : { headersToAttributes: { ...headersToAttributes } }),
    ...(attributesToHeaders === undefined ? {} : { attributesToHeaders: { ...attributesToHeaders } }),
  };
}

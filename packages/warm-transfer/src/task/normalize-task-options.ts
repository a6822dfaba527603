import type { llm } from '@livekit/agents';
import type { BriefingInstructions } from '@org/briefing-agent';
import type { SipConnection } from '@org/sip-dialer';
import type { TransferSettings } from '../options/transfer-options.js';
import type { OneCarrier } from '../options/targets/resolve-trunk.js';
import { problem } from '@org/support';
import { refuse } from '../options/checks/validate.js';
import type { InstructionParts, TaskSipConnection, WarmTransferTaskOptions } from './task-options.js';

export type TaskTransferSettings = Omit<TransferSettings, 'sipTrunkId' | 'sipConnection'> & OneCarrier;

/**
 * A task's options as a transfer takes them: other names resolved, LiveKit's own types turned into plain ones, and what
 * counts as absent left out.
 *
 * @throws WarmTransferError `invalid-option` for two names of one option that say different things.
 */
export function toTransferSettings(options: WarmTransferTaskOptions): TaskTransferSettings {
  const { extraInstructions, transferTo, holdMusicUrl, onJobEnd: _onJobEnd, ...known } = options;
  const { instructions, sipTrunkId, sipConnection, callerIdentity: _callerIdentity, ...same } = known;
  const prompt = instructionsOf(instructions, extraInstructions);
  return {
    ...same,
    ...carrierOf(sipTrunkId, sipConnection),
    sipCallTo: either('sipCallTo', options.sipCallTo, 'transferTo', transferTo),
    onCallEnded: options.onCallEnded ?? 'end-job',
    holdAudio: either('holdAudio', options.holdAudio, 'holdMusicUrl', holdMusicUrl),
    ...(prompt === undefined ? {} : { instructions: prompt }),
    dtmf: options.dtmf === '' ? null : options.dtmf,
    stt: options.stt ?? undefined,
    // Without a model a message of one's own is read; that alone cannot be meant by "the session's".
    llm: options.llm ?? (options.briefing?.message === undefined ? undefined : options.llm),
    tts: options.tts ?? undefined,
    vad: options.vad ?? undefined,
    turnDetection: options.turnDetection ?? undefined,
  };
}

function either<T>(name: string, value: T, alias: string, other: T): T {
  if (value === undefined || value === other) return other;
  if (other === undefined) return value;
  refuse([problem(alias, `is another name of \`${name}\`: give one of them`)]);
  return value;
}

function carrierOf(trunk: string | null | undefined, connection: TaskSipConnection | null | undefined): OneCarrier {
  // LiveKit's server prefers the stored trunk where both are given.
  if (connection == null || trunk != null) return { sipTrunkId: trunk };
  return { sipConnection: plainConnection(connection) };
}

function instructionsOf(
  given: InstructionParts | string | undefined,
  more: string | undefined,
): BriefingInstructions | string | undefined {
  if (given === undefined && more === undefined) return undefined;
  if (typeof given === 'string' && more === undefined) return given;
  const { persona, extra } = typeof given === 'string' ? { persona: given } : { ...given };
  const extras = [textOf(extra), more].filter((text) => text !== undefined);
  return {
    ...(persona === undefined ? {} : { persona: textOf(persona) ?? '' }),
    ...(extras.length === 0 ? {} : { extra: extras.join('\n\n') }),
  };
}

function textOf(text: llm.Instructions | string | undefined): string | undefined {
  return typeof text === 'object' ? text.value : text;
}

/** In the order of LiveKit's `SIPTransport`. */
const transports: readonly SipConnection['transport'][] = ['auto', 'udp', 'tcp', 'tls'];

/** A protobuf message says `''` and `{}` for what was not given. */
function plainConnection(given: TaskSipConnection): SipConnection {
  const { hostname, destinationCountry, authUsername, authPassword, fromHost } = given;
  const { transport: named, headersToAttributes, attributesToHeaders } = given;
  const transport = typeof named === 'number' ? transports[named] : named;
  if (typeof named === 'number' && transport === undefined) {
    refuse([problem('sipConnection.transport', 'must be auto, udp, tcp or tls')]);
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

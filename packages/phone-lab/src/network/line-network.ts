import { PhoneLabError } from '../phone-lab-error.js';

/** Faults of all packets that travel in one direction: media, RTCP, data and the checks of the connection. */
export interface PacketFaults {
  /** Share of the packets that are lost, 0 to 100. Default 0. */
  readonly lossPercent?: number;
  /** Additional delay of every packet, 0 to 10000 ms. Default 0. */
  readonly delayMs?: number;
  /** Random additional delay of each packet, from 0 to this, up to 10000 ms. The order of the packets stays. Default 0. */
  readonly jitterMs?: number;
  /** Share of the packets that arrive after the packet that was sent next, 0 to 100. Default 0. */
  readonly reorderPercent?: number;
  /**
   * Bits that the line carries in a millisecond, IP and UDP headers included. Packets queue for up to 500 ms; what would wait
   * longer is lost. Opus at its usual bit rate takes about 45. Default no limit.
   */
  readonly bandwidthKbps?: number;
  /** Whether RTP is stopped; all other packets continue, so that the connection stays. Default false. */
  readonly noRtp?: boolean;
}

/** Faults of a participant's network. A value for both directions holds unless a direction says otherwise. */
export interface NetworkFaults extends PacketFaults {
  /** From the participant to the server. */
  readonly send?: PacketFaults;
  /** From the server to the participant. */
  readonly receive?: PacketFaults;
  /** Which packets are hit: the same seed, the same ones. Default 1. */
  readonly seed?: number;
}

/** A phone's line: the faults of its network, and what the phone sends at all. */
export interface LineNetwork extends NetworkFaults {
  /** Whether the phone sends RTP only while it has something to say: a tone, a clip or words. Default false. */
  readonly silenceSuppression?: boolean;
  /** Whether the phone sends no RTP at all, from the beginning; it hears as usual. Default false. */
  readonly sendsNothing?: boolean;
}

/** Every fault of one direction, with its default. */
export type PacketRules = Readonly<Required<PacketFaults>>;

/** The faults of packets, by direction. */
export interface NetworkRules {
  readonly send: PacketRules;
  readonly receive: PacketRules;
  readonly seed: number;
}

const noFaults: PacketRules = Object.freeze({
  lossPercent: 0,
  delayMs: 0,
  jitterMs: 0,
  reorderPercent: 0,
  bandwidthKbps: Infinity,
  noRtp: false,
});

/** Fills in the defaults. Throws `invalid-option` with the name under which the user wrote the option. */
export function parseNetworkFaults(faults: NetworkFaults, name: string): NetworkRules {
  const { send, receive, seed = 1, ...both } = faults;
  if (!Number.isInteger(seed)) throw invalid(`${name}.seed`, 'a whole number', seed);
  const shared = parsePacketFaults(both, noFaults, name);
  return {
    send: parsePacketFaults(send, shared, `${name}.send`),
    receive: parsePacketFaults(receive, shared, `${name}.receive`),
    seed,
  };
}

/** As {@link parseNetworkFaults}, for the option `line` of a phone. */
export function parseLineNetwork(line: LineNetwork): NetworkRules {
  checkBoolean('line.silenceSuppression', line.silenceSuppression ?? false);
  checkBoolean('line.sendsNothing', line.sendsNothing ?? false);
  return parseNetworkFaults(line, 'line');
}

function parsePacketFaults(faults: PacketFaults = {}, defaults: PacketRules, name: string): PacketRules {
  const rules: PacketRules = {
    lossPercent: faults.lossPercent ?? defaults.lossPercent,
    delayMs: faults.delayMs ?? defaults.delayMs,
    jitterMs: faults.jitterMs ?? defaults.jitterMs,
    reorderPercent: faults.reorderPercent ?? defaults.reorderPercent,
    bandwidthKbps: faults.bandwidthKbps ?? defaults.bandwidthKbps,
    noRtp: faults.noRtp ?? defaults.noRtp,
  };
  for (const option of ['lossPercent', 'reorderPercent'] as const) checkUpTo(100, `${name}.${option}`, rules[option]);
  for (const option of ['delayMs', 'jitterMs'] as const) checkUpTo(10_000, `${name}.${option}`, rules[option]);
  if (!(rules.bandwidthKbps > 0)) throw invalid(`${name}.bandwidthKbps`, 'more than 0', rules.bandwidthKbps);
  checkBoolean(`${name}.noRtp`, rules.noRtp);
  return rules;
}

function checkUpTo(highest: number, name: string, value: number): void {
  if (!(value >= 0 && value <= highest)) throw invalid(name, `from 0 to ${highest}`, value);
}

function checkBoolean(name: string, value: boolean): void {
  if (typeof value !== 'boolean') throw invalid(name, 'true or false', value);
}

function invalid(name: string, allowed: string, value: unknown): PhoneLabError {
  return new PhoneLabError('invalid-option', `${name} must be ${allowed}, not ${String(value)}`);
}

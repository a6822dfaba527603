import { withDefaults } from '@org/support';
import type { LimitName } from '../machine/types/ending.js';

/** Time limits of the phases, in milliseconds. A phase that reaches its limit ends the transfer, never the process. */
export interface TransferLimits {
  /**
   * Resolving the targets: resolver, opening hours and presence together, before the caller is put on hold. Default
   * 5,000.
   */
  readonly resolvingMs: number;
  /** Creating the consult room; also each step of closing it. Default 10,000. */
  readonly openingMs: number;
  /**
   * From the dial to its result; a guard above the ringing timeout of the dial. Default: ringing timeout + DTMF +
   * 15,000.
   */
  readonly dialingMs: number;
  /**
   * From the answer to the decision, without waits behind a queue, a menu or a call screening
   * (`briefing.limits.waitingMs`). Default 120,000.
   */
  readonly briefingMs: number;
  /** Silence of the human agent until the briefing agent speaks first. Default 800, in the task 3,000. */
  readonly speakAfterMs: number;
  /** From the accept until caller and human agent hear each other. Default 6,000. */
  readonly mergingMs: number;
  /** A policy that is a function. Default 3,000. */
  readonly decidingMs: number;
  /** Resolving the targets of another department. Default 5,000. */
  readonly redirectingMs: number;
  /** A cold transfer of the caller; a guard above its ringing timeout. Default: ringing timeout + 15,000. */
  readonly coldTransferringMs: number;
  /** Returning the caller to the AI. Default 1,000. */
  readonly releasingMs: number;
  /** Hanging up on the caller. Default 5,000. */
  readonly hangingUpMs: number;
  /** Closing an attempt, farewell included. Default 60,000. */
  readonly closingMs: number;
  /** One fixed sentence to a human agent before the hang-up. Default 8,000. */
  readonly farewellMs: number;
  /** A voicemail message, the wait for the beep included. Default 20,000. */
  readonly voicemailMessageMs: number;
  /** The introduction, function included; nothing waits for it. Default 15,000. */
  readonly introductionMs: number;
  /** The whole transfer, from the start until it is connected. Default 900,000. */
  readonly totalMs: number;
}

export const defaultLimits: TransferLimits = Object.freeze({
  resolvingMs: 5_000,
  openingMs: 10_000,
  dialingMs: 45_000,
  briefingMs: 120_000,
  speakAfterMs: 800,
  mergingMs: 6_000,
  decidingMs: 3_000,
  redirectingMs: 5_000,
  coldTransferringMs: 45_000,
  releasingMs: 1_000,
  hangingUpMs: 5_000,
  closingMs: 60_000,
  farewellMs: 8_000,
  voicemailMessageMs: 20_000,
  introductionMs: 15_000,
  totalMs: 900_000,
});

/** The settings of a call that take time. */
interface CallTimes {
  readonly ringingTimeoutMs?: number | undefined;
  /** Sent after the answer, before the dial has its result. */
  readonly dtmf?: string | undefined;
}

/** Longest time that the gateway takes for one key or wait. */
const KEY_MS = 520;
const GUARD_MS = 15_000;

/** Adds the defaults to validated limits. */
export function resolveLimits(given: Partial<TransferLimits> = {}, call: CallTimes = {}): TransferLimits {
  const { ringingTimeoutMs = defaultLimits.dialingMs - GUARD_MS, dtmf = '' } = call;
  const dialingMs = ringingTimeoutMs + dtmf.length * KEY_MS + GUARD_MS;
  return withDefaults({ ...defaultLimits, dialingMs, coldTransferringMs: ringingTimeoutMs + GUARD_MS }, given);
}

const limitOptions: Readonly<Record<LimitName, keyof TransferLimits>> = {
  resolving: 'resolvingMs',
  opening: 'openingMs',
  dialing: 'dialingMs',
  briefing: 'briefingMs',
  merging: 'mergingMs',
  deciding: 'decidingMs',
  redirecting: 'redirectingMs',
  'cold-transferring': 'coldTransferringMs',
  releasing: 'releasingMs',
  'hanging-up': 'hangingUpMs',
  closing: 'closingMs',
  total: 'totalMs',
};

export function limitMs(limits: TransferLimits, limit: LimitName): number {
  return limits[limitOptions[limit]];
}

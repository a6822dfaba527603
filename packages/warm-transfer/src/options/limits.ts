import { withDefaults } from '@org/support';
import type { Limit } from '../machine/types/ending.js';

/** How long each phase may last, in milliseconds. A phase that reaches its limit ends the transfer, never the process. */
export interface TransferLimits {
  /** Finding out whom to call: resolver, opening hours and presence together, before anybody is put on hold. Default 5,000. */
  readonly resolvingMs: number;
  /** Creating the consult room; also each step of closing it. Default 10,000. */
  readonly openingMs: number;
  /** From the dial to its result; a guard above the ringing limit of the dial itself. Default: ringing limit + keys + 15,000. */
  readonly dialingMs: number;
  /** From the answer to the decision, without waits behind a queue, a menu or a call screening (`briefing.limits.waitingMs`). Default 120,000. */
  readonly briefingMs: number;
  /** Silence of the human agent until the agent speaks first; ends nothing. Default 800, in the task 3,000. */
  readonly speakAfterMs: number;
  /** From the accept until both hear each other. Default 6,000. */
  readonly mergingMs: number;
  /** A policy that is a function. Default 3,000. */
  readonly decidingMs: number;
  /** Finding out whom to call in another department. Default 5,000. */
  readonly redirectingMs: number;
  /** A cold transfer of the caller; a guard above its ringing limit. Default: ringing limit + 15,000. */
  readonly coldTransferringMs: number;
  /** Giving the caller back to the AI. Default 1,000. */
  readonly releasingMs: number;
  /** Hanging up on the caller. Default 5,000. */
  readonly hangingUpMs: number;
  /** Closing an attempt that is over, farewell included. Default 60,000. */
  readonly closingMs: number;
  /** One fixed sentence to a human agent before we hang up. Default 8,000. */
  readonly farewellMs: number;
  /** A message to a voicemail box, the wait for its beep included. Default 20,000. */
  readonly voicemailMessageMs: number;
  /** The introduction, function included; nothing else waits for it. Default 15,000. */
  readonly introductionMs: number;
  /** The whole, from the start until the two are connected. Default 900,000. */
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

/** What a call may take by itself. */
interface CallTimes {
  readonly ringingTimeoutMs?: number | undefined;
  /** Pressed after the answer, before the dial has its result. */
  readonly dtmf?: string | undefined;
}

/** No key, and no wait, takes the gateway longer. */
const KEY_MS = 520;
const GUARD_MS = 15_000;

/** Fills in the defaults of limits that have been checked. */
export function resolveLimits(given: Partial<TransferLimits> = {}, call: CallTimes = {}): TransferLimits {
  const { ringingTimeoutMs = defaultLimits.dialingMs - GUARD_MS, dtmf = '' } = call;
  const dialingMs = ringingTimeoutMs + dtmf.length * KEY_MS + GUARD_MS;
  return withDefaults({ ...defaultLimits, dialingMs, coldTransferringMs: ringingTimeoutMs + GUARD_MS }, given);
}

const optionOf: Readonly<Record<Limit, keyof TransferLimits>> = {
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

export function limitMs(limits: TransferLimits, limit: Limit): number {
  return limits[optionOf[limit]];
}

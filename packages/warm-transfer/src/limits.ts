import type { Limit } from './machine/ending.js';
import { WarmTransferError } from './warm-transfer-error.js';

/** How long each phase may last, in milliseconds. A phase that reaches its limit ends the transfer, never the process. */
export interface TransferLimits {
  /** Finding out whom to call: resolver, opening hours and presence together, before anybody is put on hold. Default 5,000. */
  readonly resolvingMs: number;
  /** Creating the consult room; also each step of closing it. Default 10,000. */
  readonly openingMs: number;
  /** From the dial to its result; a guard above the ringing limit of the dial itself. Default: ringing limit + keys + 15,000. */
  readonly dialingMs: number;
  /** From the answer to the decision. Default 120,000. */
  readonly briefingMs: number;
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

/** What a timer can take, some 24 days. */
export const LONGEST_MS: number = 2 ** 31 - 1;

/** Whether a timer can wait so long. A text of digits can't: added to a number it becomes another text. */
export function isMs(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= LONGEST_MS;
}

/** A value as a user has written it. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** No key, and no wait, takes the gateway longer. */
const KEY_MS = 520;
const GUARD_MS = 15_000;

export function resolveLimits(given: Partial<TransferLimits> = {}, call: CallTimes = {}): TransferLimits {
  const { ringingTimeoutMs = defaultLimits.dialingMs - GUARD_MS, dtmf = '' } = call;
  const limits = {
    ...defaultLimits,
    dialingMs: ringingTimeoutMs + dtmf.length * KEY_MS + GUARD_MS,
    coldTransferringMs: ringingTimeoutMs + GUARD_MS,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
  for (const [name, value] of Object.entries(limits)) {
    if (!(name in defaultLimits)) {
      throw new WarmTransferError(
        'invalid-option',
        `limits.${name} is unknown; known are ${Object.keys(defaultLimits).join(', ')}`,
      );
    }
    if (!isMs(value)) {
      throw new WarmTransferError(
        'invalid-option',
        `limits.${name} must be a number of milliseconds, more than 0 and at most ${LONGEST_MS}, not ${shown(value)}`,
      );
    }
  }
  return limits;
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

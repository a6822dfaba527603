import { givenOf } from '@org/support';
import { sweepOptions } from './shapes.js';
import { validate } from './validate.js';
import { connectSipService } from '../api/sip-service.js';
import type { SipService } from '../api/sip-service.js';
import { connectRoomService } from '../api/room-service.js';
import type { RoomService } from '../api/room-service.js';

export interface SweepOptions {
  /** The server: `ws(s)://` or `http(s)://`. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** What is younger is left alone. In milliseconds. */
  readonly olderThanMs: number;
  /**
   * How long a room's agent must be absent: the sweep looks again and again for this long before it deletes anything.
   * Default 60 000, longer than any reconnect takes.
   */
  readonly graceMs?: number | undefined;
  /** Only tells what would be deleted. Default false. */
  readonly dryRun?: boolean | undefined;
  /** Limit of each request. Default 5 000. */
  readonly requestTimeoutMs?: number | undefined;
  /** Ends the sweep; what was deleted until then stays deleted. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the server at `url`. */
  readonly roomService?: RoomService | undefined;
  /** Default: the server at `url`. */
  readonly sip?: SipService | undefined;
}

export const sweepDefaults: Readonly<{ graceMs: number; dryRun: boolean; requestTimeoutMs: number }> = Object.freeze({
  graceMs: 60_000,
  dryRun: false,
  requestTimeoutMs: 5_000,
});

export interface ResolvedSweepOptions {
  readonly olderThanMs: number;
  readonly graceMs: number;
  readonly dryRun: boolean;
  readonly requestTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly rooms: RoomService;
  readonly sip: SipService;
}

/** @throws ConsultRoomError `invalid-option`, about all options at fault */
export function resolveSweepOptions(options: SweepOptions): ResolvedSweepOptions {
  validate(sweepOptions, options);
  const { url, apiKey, apiSecret, olderThanMs, signal, roomService, sip } = options;
  const { graceMs, dryRun, requestTimeoutMs } = { ...sweepDefaults, ...givenOf(options) };
  return {
    olderThanMs,
    graceMs,
    dryRun,
    requestTimeoutMs,
    signal,
    rooms: roomService ?? connectRoomService({ url, apiKey, apiSecret, requestTimeoutMs }),
    sip: sip ?? connectSipService({ url, apiKey, apiSecret }),
  };
}

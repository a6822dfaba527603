import { connectSipService } from '../rejoin/sip-service.js';
import type { SipService } from '../rejoin/sip-service.js';
import { connectRoomService } from '../room/room-service.js';
import type { RoomService } from '../room/room-service.js';
import { checkServerAccess } from '../support/server-access.js';
import { wholeNumber } from '../support/validate.js';

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

export function resolveSweepOptions(options: SweepOptions): ResolvedSweepOptions {
  const { apiKey, apiSecret, url } = options;
  checkServerAccess({ url, apiKey, apiSecret }, 'sweep');
  const requestTimeoutMs = wholeNumber(
    options.requestTimeoutMs ?? sweepDefaults.requestTimeoutMs,
    'requestTimeoutMs',
    1,
  );
  return {
    olderThanMs: wholeNumber(options.olderThanMs, 'olderThanMs', 0),
    graceMs: wholeNumber(options.graceMs ?? sweepDefaults.graceMs, 'graceMs', 0),
    dryRun: options.dryRun ?? sweepDefaults.dryRun,
    requestTimeoutMs,
    signal: options.signal,
    rooms: options.roomService ?? connectRoomService({ url, apiKey, apiSecret, requestTimeoutMs }),
    sip: options.sip ?? connectSipService({ url, apiKey, apiSecret }),
  };
}

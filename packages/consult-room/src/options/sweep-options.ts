import { givenOf } from '@org/support';
import { connectRoomService, type RoomService } from '../api/room-service.js';
import type { ServerAccess } from '../api/server-access.js';
import { connectSipService, type SipService } from '../api/sip-service.js';
import type { ConsultRoomOptions } from './consult-room-options.js';
import { sweepOptions } from './shapes.js';
import { validate } from './validate.js';

/** The options of `sweepConsultRooms()`. */
export interface SweepOptions extends ServerAccess, Pick<ConsultRoomOptions, 'requestTimeoutMs' | 'roomService'> {
  /** Minimum age of a room or number that may be deleted, in milliseconds. */
  readonly olderThanMs: number;
  /**
   * How long a room's agent must be absent, in milliseconds: the sweep checks repeatedly for this long before it deletes
   * anything. Default 60 000, longer than any reconnect takes.
   */
  readonly graceMs?: number | undefined;
  /** Whether the sweep only reports what it would delete. Default false. */
  readonly dryRun?: boolean | undefined;
  /** Ends the sweep when it aborts; what was deleted until then stays deleted. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the server at `url`. */
  readonly sip?: SipService | undefined;
}

const defaults = { graceMs: 60_000, dryRun: false, requestTimeoutMs: 5_000 };

/** Valid options, with the defaults and the clients of the server. */
export interface ParsedSweepOptions {
  readonly olderThanMs: number;
  readonly graceMs: number;
  readonly dryRun: boolean;
  readonly requestTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly rooms: RoomService;
  readonly sip: SipService;
}

/** @throws ConsultRoomError `invalid-option`, with all invalid options */
export function parseSweepOptions(options: SweepOptions): ParsedSweepOptions {
  validate(sweepOptions, options);
  const { url, apiKey, apiSecret, olderThanMs, signal, roomService, sip } = options;
  const { graceMs, dryRun, requestTimeoutMs } = { ...defaults, ...givenOf(options) };
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

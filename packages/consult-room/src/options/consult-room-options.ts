import { randomUUID } from 'node:crypto';
import { givenOf, problem } from '@org/support';
import type { RoomService } from '../api/room-service.js';
import type { ServerAccess } from '../api/server-access.js';
import { consultRoomOptions } from './shapes.js';
import type { SignalOptions } from './signal-options.js';
import { throwProblems, validate } from './validate.js';

/** The options of `ConsultRoom.create()` and `ConsultRoom.open()`. */
export interface ConsultRoomOptions extends ServerAccess {
  /** The name of the caller room. The consult room is never this one. */
  readonly callerRoomName: string;
  /**
   * The name of the consult room. It must differ for each transfer: put an ID of the call behind a prefix, such as
   * `consult-${callId}`. A room that exists already is used, and is not deleted by `close()`; the consult room of another
   * transfer is rejected as `in-use`. Default: `consult-` and a random ID.
   */
  readonly name?: string | undefined;
  /** An ID that is written into the room's metadata. Default: random. */
  readonly transferId?: string | undefined;
  /** The briefing agent's identity. A second participant of the same identity disconnects the first one. Default: random. */
  readonly identity?: string | undefined;
  /** The kind of participant that the briefing agent joins as. An `agent` does not keep the room open. Default `agent`. */
  readonly kind?: 'agent' | 'standard' | undefined;
  /** How long the server keeps the room before a participant other than an agent has joined; whole seconds. Default 120 000. */
  readonly emptyTimeoutMs?: number | undefined;
  /** How long the server keeps the room after the last participant other than an agent has left; whole seconds. Default 20 000. */
  readonly departureTimeoutMs?: number | undefined;
  /** Default 10. */
  readonly maxParticipants?: number | undefined;
  /** How long the briefing agent's token can be used for joining; whole seconds. Default 60 000. */
  readonly tokenTtlMs?: number | undefined;
  /** Timeout of each request to the server. Default 5 000. */
  readonly requestTimeoutMs?: number | undefined;
  /** Timeout of joining the room with media. Default 10 000. */
  readonly joinTimeoutMs?: number | undefined;
  /** Timeout of the whole of `close()`, retries included. Default 10 000. */
  readonly closeTimeoutMs?: number | undefined;
  /** Pause before `close()` retries a request that failed; doubles with every retry. Default 100. */
  readonly closeRetryMs?: number | undefined;
  /** Default: the server at `url`. */
  readonly roomService?: RoomService | undefined;
}

const defaults = {
  kind: 'agent',
  emptyTimeoutMs: 120_000,
  departureTimeoutMs: 20_000,
  maxParticipants: 10,
  tokenTtlMs: 60_000,
  requestTimeoutMs: 5_000,
  joinTimeoutMs: 10_000,
  closeTimeoutMs: 10_000,
  closeRetryMs: 100,
} as const;

type WithoutDefault = 'name' | 'roomService';

/** Valid options, with the defaults. */
export type ParsedConsultRoomOptions = {
  readonly [Key in Exclude<keyof ConsultRoomOptions, WithoutDefault>]-?: NonNullable<ConsultRoomOptions[Key]>;
} & { readonly [Key in WithoutDefault]: ConsultRoomOptions[Key] };

/** @throws ConsultRoomError `invalid-option`, with all invalid options */
export function parseConsultRoomOptions(options: ConsultRoomOptions & SignalOptions): ParsedConsultRoomOptions {
  validate(consultRoomOptions, options);
  const { signal: _signal, ...given } = givenOf(options);
  if (given.name === given.callerRoomName) throwProblems([problem('name', 'must not be the room the caller is in')]);
  return {
    ...defaults,
    transferId: randomUUID(),
    identity: `briefing-agent-${randomUUID()}`,
    ...given,
    name: given.name,
    roomService: given.roomService,
  };
}

/**
 * Validates the options of `ConsultRoom.create()` without asking the server.
 *
 * @throws ConsultRoomError `invalid-option`, with all invalid options
 */
export function validateConsultRoomOptions(options: ConsultRoomOptions): void {
  parseConsultRoomOptions(options);
}

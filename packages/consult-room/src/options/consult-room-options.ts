import { randomUUID } from 'node:crypto';
import { givenOf, problem } from '@org/support';
import { consultRoomOptions } from './shapes.js';
import { refuse, validate } from './validate.js';
import type { Cancelable } from './signal-options.js';
import type { RoomService } from '../api/room-service.js';

export interface ConsultRoomOptions {
  /** The server: `ws(s)://` or `http(s)://`. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** The room the caller is in. The consult room is never this one. */
  readonly callerRoomName: string;
  /**
   * Must differ for each transfer: put what is unique to the call behind a prefix, such as `consult-${callId}`. A room
   * that exists already is used and, since it is not ours, not deleted by `close()`; the consult room of another
   * transfer is refused as `in-use`. Default: `consult-` and a random id.
   */
  readonly name?: string | undefined;
  /** Written into the room's metadata. Default: random. */
  readonly transferId?: string | undefined;
  /** The briefing agent's. A second participant of the same identity throws the first one out. Default: random. */
  readonly identity?: string | undefined;
  /** What the briefing agent joins as. An `agent` does not keep the room open by being there. Default `agent`. */
  readonly kind?: 'agent' | 'standard' | undefined;
  /** How long the server keeps the room before anybody but an agent has joined. Whole seconds. Default 120 000. */
  readonly emptyTimeoutMs?: number | undefined;
  /** How long the server keeps the room after the last one but an agent has left. Whole seconds. Default 20 000. */
  readonly departureTimeoutMs?: number | undefined;
  /** Default 10. */
  readonly maxParticipants?: number | undefined;
  /** How long the briefing agent's token can be used for joining. Whole seconds. Default 60 000. */
  readonly tokenTtlMs?: number | undefined;
  /** Limit of each request to the server. Default 5 000. */
  readonly requestTimeoutMs?: number | undefined;
  /** Limit of joining by media. Default 10 000. */
  readonly joinTimeoutMs?: number | undefined;
  /** Limit of the whole of `close()`, retries included. Default 10 000. */
  readonly closeTimeoutMs?: number | undefined;
  /** Pause before `close()` tries again what failed; doubles with every try. Default 100. */
  readonly closeRetryMs?: number | undefined;
  /** Default: the server at `url`. */
  readonly roomService?: RoomService | undefined;
}

type WithDefault =
  | 'kind'
  | 'emptyTimeoutMs'
  | 'departureTimeoutMs'
  | 'maxParticipants'
  | 'tokenTtlMs'
  | 'requestTimeoutMs'
  | 'joinTimeoutMs'
  | 'closeTimeoutMs'
  | 'closeRetryMs';

export const consultRoomDefaults: {
  readonly [Key in WithDefault]: NonNullable<ConsultRoomOptions[Key]>;
} = Object.freeze({
  kind: 'agent',
  emptyTimeoutMs: 120_000,
  departureTimeoutMs: 20_000,
  maxParticipants: 10,
  tokenTtlMs: 60_000,
  requestTimeoutMs: 5_000,
  joinTimeoutMs: 10_000,
  closeTimeoutMs: 10_000,
  closeRetryMs: 100,
});

type Named = 'name' | 'roomService';

/** Options with every default filled in, valid. */
export type ResolvedConsultRoomOptions = {
  readonly [Key in Exclude<keyof ConsultRoomOptions, Named>]-?: NonNullable<ConsultRoomOptions[Key]>;
} & { readonly [Key in Named]: ConsultRoomOptions[Key] };

/** @throws ConsultRoomError `invalid-option`, about all options at fault */
export function resolveConsultRoomOptions(options: ConsultRoomOptions & Cancelable): ResolvedConsultRoomOptions {
  validate(consultRoomOptions, options);
  const { signal: _signal, ...given } = givenOf(options);
  if (given.name === given.callerRoomName) refuse([problem('name', 'must not be the room the caller is in')]);
  return {
    ...consultRoomDefaults,
    transferId: randomUUID(),
    identity: `briefing-agent-${randomUUID()}`,
    ...given,
    name: given.name,
    roomService: given.roomService,
  };
}

/**
 * What `create()` and `open()` would refuse, found without asking the server.
 *
 * @throws ConsultRoomError `invalid-option`.
 */
export function checkConsultRoomOptions(options: ConsultRoomOptions): void {
  resolveConsultRoomOptions(options);
}

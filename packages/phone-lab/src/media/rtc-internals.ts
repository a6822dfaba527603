import { Room } from '@livekit/rtc-node';
import { PhoneLabError } from '../phone-lab-error.js';

interface FfiEvent {
  readonly message: {
    readonly case?: string;
    readonly value?: {
      readonly asyncId?: bigint;
      readonly roomHandle?: bigint;
      readonly message?: { readonly case?: string; readonly value?: { readonly reason?: number } };
    };
  };
}

/** The members used of the media library's client, which is shared by all rooms of the process. */
interface FfiClient {
  request(request: { message: { case: 'disconnect'; value: { roomHandle: bigint; reason: number } } }): {
    readonly asyncId: bigint;
  };
  waitFor(predicate: (event: FfiEvent) => boolean): Promise<unknown>;
  on(event: 'ffi_event', listener: (event: FfiEvent) => void): unknown;
  off(event: 'ffi_event', listener: unknown): unknown;
}

interface RoomInternals {
  readonly ffiHandle?: { readonly handle: bigint };
  onFfiEvent?: unknown;
  cleanupOnDisconnect?(reason: number): void;
}

function ffiClient(): FfiClient {
  const client = (globalThis as { _ffiClientInstance?: FfiClient })._ffiClientInstance;
  if (typeof client?.request === 'function' && typeof client.waitFor === 'function') return client;
  throw new PhoneLabError('unsupported-media-library', 'this version of @livekit/rtc-node keeps its client elsewhere');
}

/** All that a room of rtc-node acts upon. */
const roomCases: ReadonlySet<string | undefined> = new Set(['roomEvent', 'rpcMethodInvocation']);

/**
 * Creates a room that is handed the events of rooms only.
 *
 * rtc-node hands every message of the process, each frame of audio included, to every room, which takes a lock for it
 * and returns. A lab is a dozen rooms in the process of a test, of which the agent under test would pay for most.
 */
export function createRoom(): Room {
  const room = new Room();
  const internals = room as unknown as RoomInternals;
  const handle = internals.onFfiEvent;
  // Another version of rtc-node: the room works as it comes.
  if (typeof handle !== 'function') return room;
  internals.onFfiEvent = (event: FfiEvent): unknown => (roomCases.has(event.message.case) ? handle(event) : undefined);
  return room;
}

/**
 * Disconnects with a reason, which rtc-node's `disconnect()` cannot, and cleans up as that does.
 *
 * The server honors CLIENT_INITIATED, USER_UNAVAILABLE, USER_REJECTED and AGENT_ERROR.
 */
export async function disconnectWithReason(room: Room, reason: number): Promise<void> {
  const internals = room as unknown as RoomInternals;
  const handle = internals.ffiHandle?.handle;
  if (handle === undefined || typeof internals.cleanupOnDisconnect !== 'function') {
    throw new PhoneLabError(
      'unsupported-media-library',
      'this version of @livekit/rtc-node disconnects in another way',
    );
  }
  const client = ffiClient();
  const { asyncId } = client.request({ message: { case: 'disconnect', value: { roomHandle: handle, reason } } });
  await client.waitFor(({ message }) => message.case === 'disconnect' && message.value?.asyncId === asyncId);
  internals.cleanupOnDisconnect(reason);
}

/**
 * Lets the room notice that it was disconnected even while a track is being published: rtc-node holds its events back
 * until then, which takes ten seconds when the participant was removed meanwhile. Returns what stops the watch.
 */
export function noticeDisconnect(room: Room): () => void {
  const internals = room as unknown as RoomInternals;
  const client = ffiClient();
  const watch = ({ message }: FfiEvent): void => {
    const event =
      message.case === 'roomEvent' && message.value?.roomHandle === internals.ffiHandle?.handle && message.value;
    if (event && event.message?.case === 'disconnected')
      internals.cleanupOnDisconnect?.(event.message.value?.reason ?? 0);
  };
  client.on('ffi_event', watch);
  return () => void client.off('ffi_event', watch);
}

/** A room that was disconnected by anything but `disconnect()` keeps its listener for the life of the process; this frees it. */
export function forgetRoom(room: Room): void {
  ffiClient().off('ffi_event', (room as unknown as RoomInternals).onFfiEvent);
  room.removeAllListeners();
}

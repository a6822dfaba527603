import { Room } from '@livekit/rtc-node';

/**
 * The events of rtc-node for audio frames that were sent or heard: a bridged call has 400 of them a second, and no room
 * uses them.
 */
const frames: ReadonlySet<string | undefined> = new Set(['audioStreamEvent', 'captureAudioFrame']);

interface FfiEvent {
  readonly message: { readonly case?: string };
}

/**
 * Creates a room that does not receive the audio frames of its process.
 *
 * rtc-node passes each of them to every room, which takes a lock, checks the event, and returns. With another version
 * of rtc-node the room works without this.
 */
export function createRoom(): Room {
  const room = new Room();
  const internals = room as unknown as { onFfiEvent?: unknown };
  const handle = internals.onFfiEvent;
  if (typeof handle !== 'function') return room;
  internals.onFfiEvent = (event: FfiEvent): unknown => (frames.has(event.message.case) ? undefined : handle(event));
  return room;
}

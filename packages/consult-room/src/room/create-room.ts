import { Room } from '@livekit/rtc-node';

/** Frames of audio that were sent or heard: a bridged call has 400 of them a second, and no room looks at one. */
const frames: ReadonlySet<string | undefined> = new Set(['audioStreamEvent', 'captureAudioFrame']);

interface FfiEvent {
  readonly message: { readonly case?: string };
}

/**
 * Creates a room that is not handed the frames of audio of its process.
 *
 * rtc-node hands every one to every room, which takes a lock for it, looks what it is, and returns. With another version of
 * rtc-node the room works as it comes.
 */
export function createRoom(): Room {
  const room = new Room();
  const internals = room as unknown as { onFfiEvent?: unknown };
  const handle = internals.onFfiEvent;
  if (typeof handle !== 'function') return room;
  internals.onFfiEvent = (event: FfiEvent): unknown => (frames.has(event.message.case) ? undefined : handle(event));
  return room;
}

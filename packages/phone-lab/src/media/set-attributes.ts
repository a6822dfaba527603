import { type LocalParticipant, type Participant, type Room, RoomEvent } from '@livekit/rtc-node';
import { deferred } from '../deferred.js';

/**
 * Sets attributes of a participant, and resolves when the server acknowledges or shows them.
 *
 * The acknowledgement is lost occasionally, and the client waits for it for five seconds; the change arrives regardless.
 */
export async function setAttributes(
  room: Room,
  participant: LocalParticipant,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const changed = deferred<void>();
  const onChange = (now: Record<string, string>, whose: Participant): void => {
    if (whose.identity !== participant.identity) return;
    if (Object.entries(attributes).some(([name, value]) => now[name] === value)) changed.resolve();
  };
  room.on(RoomEvent.ParticipantAttributesChanged, onChange);
  const acknowledged = participant.setAttributes({ ...attributes });
  acknowledged.catch(() => undefined);
  await Promise.race([changed.promise, acknowledged]).finally(() => {
    room.off(RoomEvent.ParticipantAttributesChanged, onChange);
  });
}

import type { Room } from '@livekit/rtc-node';
import { type AnnouncementOptions, HoldAudio, type Synthesize } from '@org/hold-audio';

/** Options that keep a silent track published, for later announcements: without any, there is no track. */
export const announcementsOnly: AnnouncementOptions = Object.freeze({ items: [() => null], intervalMs: 3_600_000 });

/** Says one sentence in a room, without a session. Resolves when it was said. @throws Error if it failed. */
export async function sayInRoom(room: Room, text: string, synthesize: Synthesize): Promise<void> {
  await using track = new HoldAudio({
    room,
    source: null,
    announcements: announcementsOnly,
    synthesize,
    trackName: 'farewell',
  });
  let failure: unknown;
  track.on('announcement-failed', ({ error }) => {
    failure = error;
  });
  await track.start();
  const outcome = await track.announce({ text });
  if (outcome !== 'announced') throw new Error(`a sentence could not be said: ${outcome}`, { cause: failure });
}

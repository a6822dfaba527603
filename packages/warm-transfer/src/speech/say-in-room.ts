import type { Room } from '@livekit/rtc-node';
import { type AnnouncementOptions, HoldAudio, type Synthesize } from '@org/hold-audio';

/** Keeps a track of silence published, which exists only where something is announced, for texts that come later. */
export const nothingButTexts: AnnouncementOptions = Object.freeze({ items: [() => null], intervalMs: 3_600_000 });

/** Says one sentence in a room, without a session. Resolves when it was said. @throws Error when it could not be. */
export async function speakInto(room: Room, text: string, synthesize: Synthesize): Promise<void> {
  await using track = new HoldAudio({
    room,
    source: null,
    announcements: nothingButTexts,
    synthesize,
    trackName: 'last-words',
  });
  let trouble: unknown;
  track.on('announcement-failed', ({ error }) => {
    trouble = error;
  });
  await track.start();
  const outcome = await track.announce({ text });
  if (outcome !== 'announced') throw new Error(`a sentence could not be spoken: ${outcome}`, { cause: trouble });
}

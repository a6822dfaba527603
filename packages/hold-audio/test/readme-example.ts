// #region readme
import type { Room } from '@livekit/rtc-node';
import { HoldAudio } from '@org/hold-audio';

/** Plays hold music to a room while the work runs. */
export async function onHold<T>(room: Room, work: () => Promise<T>): Promise<T> {
  const hold = new HoldAudio({ room, volume: 0.6 });
  hold.on('source-failed', ({ error }) => process.emitWarning(error));
  try {
    await hold.start();
    return await work();
  } finally {
    await hold.close();
  }
}
// #endregion readme

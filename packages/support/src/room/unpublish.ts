/** `ConnectionState.CONN_RECONNECTING` of rtc-node. */
const reconnecting = 2;

/** After a failed try events that have waited behind it are dealt with by then, in milliseconds. */
const retryMs = 500;
const tries = 3;

/** The part of a room that can take a track back. */
export interface PublishingRoom {
  readonly isConnected: boolean;
  readonly connectionState?: number;
  readonly localParticipant?: { unpublishTrack(sid: string): Promise<unknown> } | undefined;
  on(event: 'disconnected' | 'reconnected', listener: () => void): unknown;
  off(event: 'disconnected' | 'reconnected', listener: () => void): unknown;
}

/**
 * Unpublishes a track, also of a room that is reconnecting: that publishes all tracks again under other identifiers, so it is
 * waited for, and a try that was overtaken by it is made again. Resolves when the track or the room is gone.
 *
 * @throws Error of the last try.
 */
export async function unpublish(
  room: PublishingRoom,
  publication: { readonly sid?: string | undefined },
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    await untilConnected(room);
    const { sid } = publication;
    if (sid === undefined || !room.isConnected) return;
    try {
      await room.localParticipant?.unpublishTrack(sid);
      return;
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      if (!room.isConnected) return;
      const isOvertaken = publication.sid !== sid || room.connectionState === reconnecting;
      if (!isOvertaken || tried === tries) throw error;
    }
  }
}

/** Resolves when the room is not reconnecting: immediately, when it has reconnected, or when it is lost. */
function untilConnected(room: PublishingRoom): Promise<void> {
  return new Promise((resolve) => {
    if (room.connectionState !== reconnecting) return resolve();
    const events = ['reconnected', 'disconnected'] as const;
    const settled = (): void => {
      for (const event of events) room.off(event, settled);
      resolve();
    };
    for (const event of events) room.on(event, settled);
  });
}

/** The part of an audio source that plays what it was given. */
interface QueuingSource {
  clearQueue(): void;
}

/** The part of a published track that can be closed, which closes its source too. */
interface ClosableTrack {
  close(): Promise<void>;
}

/** Closes a track and its source, and drops the audio that has not been played. Call it when no frame is being sent. */
export async function closeTrack(track: ClosableTrack, source: QueuingSource): Promise<void> {
  dropAudio(source);
  await track.close();
}

/**
 * Drops the audio that a source has not played. Call it before the source is closed.
 *
 * The native library of rtc-node corrupts the memory of the process when it destroys a source that still holds audio: it frees the
 * audio before it stops the thread that plays it.
 */
export function dropAudio(source: QueuingSource): void {
  try {
    source.clearQueue();
  } catch {
    // A source that cannot be emptied is closed already, and plays nothing any more.
  }
}

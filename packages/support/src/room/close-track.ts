/** The part of an audio source that plays what it was given. */
interface QueuingSource {
  clearQueue(): void;
}

/** The part of a published track that can be closed, which closes its source too. */
interface ClosableTrack {
  close(): Promise<void>;
}

/**
 * Closes a track and its source, and drops what the source has not played yet. Call it when no frame is being sent.
 *
 * The native library of rtc-node corrupts the memory of the process when it destroys a source that still holds audio: it frees the
 * audio before it stops the thread that plays it.
 */
export async function closeTrack(track: ClosableTrack, source: QueuingSource): Promise<void> {
  try {
    source.clearQueue();
  } catch {
    // A source that cannot be emptied is closed already, and plays nothing any more.
  }
  await track.close();
}

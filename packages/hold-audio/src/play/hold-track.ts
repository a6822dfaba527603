/** A published track that takes 20 ms of audio per write. */
export interface HoldTrack {
  /** Resolves when a participant has subscribed, immediately if the room is empty; perhaps never. */
  audible(): Promise<void>;
  /** Writes one frame, mono at 48 kHz; resolves when the next may follow. The samples must not change until then. */
  write(frame: Int16Array): Promise<void>;
  /**
   * Discards the samples that were written and not played yet, and resolves to their number: the next frame is played
   * in their place. Discards nothing if the number is not exactly known. Call it with no write in flight.
   */
  takeBack(): Promise<number>;
  /** Unpublishes and releases everything. Call it with no write in flight. */
  close(): Promise<void>;
}

/** Publishes hold tracks. */
export interface HoldTrackPort {
  /** Opens a track. `onLost` is called, at most once, when the track is lost together with its room. */
  open(name: string, onLost: () => void): Promise<HoldTrack>;
}

/** A published track that takes 20 ms of audio at a time. */
export interface HoldTrack {
  /** Resolves when somebody can hear it, at once where there is nobody who could; perhaps never. */
  audible(): Promise<void>;
  /** Takes one frame, mono at 48 kHz; resolves when the next may come. The samples must not change until then. */
  write(frame: Int16Array): Promise<void>;
  /**
   * Takes back what was written and has not been played, and resolves to the number of those samples: the next frame is
   * played in their place. Takes nothing back where that is not known to the sample. Call it with no write in flight.
   */
  takeBack(): Promise<number>;
  /** Unpublishes and releases everything. Call it with no write in flight. */
  close(): Promise<void>;
}

/** Publishes hold tracks. */
export interface HoldTrackPort {
  /** `onLost` is called, at most once, when the track is gone for good together with its room. */
  open(name: string, onLost: () => void): Promise<HoldTrack>;
}
